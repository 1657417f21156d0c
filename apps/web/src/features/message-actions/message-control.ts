import type { Message, Seq } from "@im-webapp/protocol";
import { createContext, type ReactNode, type RefObject, useContext } from "react";

/** What the composer is for at this moment: a new message, an answer to one, or another text for an own one. */
export type Composing =
  | { readonly kind: "new" }
  | { readonly kind: "reply"; readonly message: Message }
  | { readonly kind: "edit"; readonly message: Message };

/** Messages picked for something that is done with several at once, by `seq`; null while nobody picks. */
export type Selection = ReadonlyMap<Seq, Message> | null;

/** A place on the screen, in pixels of the viewport. */
export interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A message whose menu is open. */
export interface OpenMenu {
  readonly message: Message;
  readonly anchor: Anchor;
  /** A menu beside what was clicked, or a sheet at the bottom for the finger. */
  readonly as: "menu" | "sheet";
  /** What gets the focus back. */
  readonly returnTo: HTMLElement;
}

/** What the rows, the menu and the composer of one conversation do to each other. The same object while it is open. */
export interface MessageControl {
  /** The composer answers this message; one that was being edited keeps its old text. */
  readonly reply: (message: Message) => void;
  /** The composer changes this message. */
  readonly edit: (message: Message) => void;
  /** The composer is for a new message again. */
  readonly compose: () => void;
  /** Begins to pick several messages, this one first. */
  readonly select: (message: Message) => void;
  /** Picks a message, or no longer; beyond `MAX_SELECTED` nothing more is picked. */
  readonly toggle: (message: Message) => void;
  /** Leaves picking, answering or editing, whichever is in front. Whether there was anything to leave. */
  readonly leave: () => boolean;
  readonly openMenu: (menu: OpenMenu) => void;
  /** Shows a dialog until it calls `close`. */
  readonly show: (dialog: (close: () => void) => ReactNode) => void;
  /** Says something that was done, for a moment, to the eye and to screen readers. */
  readonly tell: (text: string) => void;
  /** Puts a text into the composer, after what stands there. */
  readonly write: (text: string) => void;
  /** Where one writes; null while that is not on the screen. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** What a conversation's messages and composer have in common. */
export interface MessageModes {
  readonly composing: Composing;
  readonly selection: Selection;
}

/** Most messages that are picked at once: as many as a forwarded bundle takes. */
export const MAX_SELECTED = 100;

export const ControlContext = createContext<MessageControl | null>(null);
export const ModesContext = createContext<MessageModes>({ composing: { kind: "new" }, selection: null });

/**
 * The control of the conversation around it.
 *
 * @throws {Error} outside of one
 */
export function useMessageControl(): MessageControl {
  const control = useContext(ControlContext);
  if (control === null) throw new Error("useMessageControl is called outside of a conversation");
  return control;
}

/** What is being composed and picked in the conversation around it. */
export function useMessageModes(): MessageModes {
  return useContext(ModesContext);
}
