import type { ConversationView } from "@im-webapp/client";
import type { EpochMs, Message, UserId } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";
import type { TFunction } from "i18next";
import type { LucideIcon } from "lucide-react";
import type { MessageControl } from "./message-control.ts";

/** What an action knows of where it is offered. */
export interface ActionContext {
  readonly conversation: ConversationView;
  readonly ownId: UserId;
  readonly now: EpochMs;
  /** How long this person may take a message back, in milliseconds. */
  readonly recallWithinMs: number;
  readonly client: Client;
  readonly control: MessageControl;
  readonly t: TFunction;
  /** A message as a line of text. */
  readonly textOf: (message: Message) => string;
  readonly nameOf: (userId: UserId) => string;
}

/** Something to do with a message: an item of its menu. */
export interface MessageAction {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: (t: TFunction, message: Message) => string;
  /** Cannot simply be undone, and is shown so. */
  readonly isDangerous?: boolean;
  /** Whether it may be done with this message, by this person, now. */
  readonly isOffered: (message: Message, context: ActionContext) => boolean;
  /** Runs once the menu is gone and the focus is back on the message. */
  readonly run: (message: Message, context: ActionContext) => void;
}

/** Something to do with several messages: a button of the bar that counts them. */
export interface SelectionAction {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: (t: TFunction) => string;
  readonly isDangerous?: boolean;
  /** `messages` ascend by `seq`, and there is at least one. */
  readonly isOffered: (messages: readonly Message[], context: ActionContext) => boolean;
  readonly run: (messages: readonly Message[], context: ActionContext) => void;
}
