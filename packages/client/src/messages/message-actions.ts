import type { ConversationId, EpochMs, Message, ReceiptsResponse, Seq, UserId } from "@im-webapp/protocol";
import { ImError } from "../errors.ts";
import type { ChangeQueue } from "../outbox/change-queue.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { ChangedMessage } from "../outbox/pending-change.ts";
import { edited, withdrawn } from "../outbox/revisions.ts";
import type { Call } from "../transport/link.ts";
import type { HeldMessages } from "./held-messages.ts";

export interface MessageActionsContext {
  readonly self: UserId;
  readonly call: Call;
  readonly held: HeldMessages;
  readonly changes: ChangeQueue;
  readonly outbox: Outbox;
  /** The message as it will be with what this user has done to it. */
  readonly withChanges: (message: Message) => Message;
}

/** What may be done with a message after it was written. Changes are queued, and settle as `ChangeQueue.add` says. */
export class MessageActions {
  readonly #context: MessageActionsContext;

  constructor(context: MessageActionsContext) {
    this.#context = context;
  }

  /** One message, from memory, the cache or the server, as it will be with what this user has done to it. */
  async get(conversationId: ConversationId, seq: Seq): Promise<Message> {
    const { held, call, withChanges } = this.#context;
    const place = { conversationId, seq };
    const message = held.shown(place) ?? (await held.cached(place)) ?? (await this.#pulled(call, place));
    return withChanges(message);
  }

  async #pulled(call: Call, { conversationId, seq }: ChangedMessage): Promise<Message> {
    const { messages } = await call("history:pull", { conversationId, around: seq, limit: 1 });
    const message = messages.find((each) => each.seq === seq);
    if (!message) throw new ImError({ code: "NOT_FOUND", message: `No message ${seq} here` });
    return message;
  }

  edit(conversationId: ConversationId, seq: Seq, text: string): Promise<void> {
    return this.#context.changes.make({ conversationId, seq }, { kind: "edit", text });
  }

  recall(conversationId: ConversationId, seq: Seq): Promise<void> {
    return this.#context.changes.make({ conversationId, seq }, { kind: "recall" });
  }

  react(conversationId: ConversationId, seq: Seq, emoji: string, on: boolean): Promise<void> {
    const { held, changes, self, withChanges } = this.#context;
    const message = held.shown({ conversationId, seq });
    const was =
      message &&
      (withChanges(message).reactions ?? []).some((each) => each.emoji === emoji && each.userIds.includes(self));
    return changes.make({ conversationId, seq }, { kind: "react", emoji, on }, was);
  }

  /** `was`: whether the mark is shown to be there already. */
  mark(kind: "pin" | "star", conversationId: ConversationId, seq: Seq, on: boolean, was: boolean): Promise<void> {
    return this.#context.changes.make({ conversationId, seq }, { kind, on }, was);
  }

  delete(conversationId: ConversationId, seq: Seq): Promise<void> {
    return this.#context.changes.make({ conversationId, seq }, { kind: "delete" });
  }

  /** Gives a message of this device a new text, whether it is still to be sent or has just come as a message. */
  async editOutgoing(clientMessageId: string, text: string): Promise<void> {
    const { outbox, held } = this.#context;
    if (await outbox.revise(clientMessageId, (record) => edited(record, text))) return;
    const message = held.sent(clientMessageId);
    if (!message) throw new ImError({ code: "NOT_FOUND", message: `No message ${clientMessageId} is to be sent` });
    await this.edit(message.conversationId, message.seq, text);
  }

  /** Takes a message of this device back, whether it is still to be sent or has just come as a message. */
  async discard(clientMessageId: string): Promise<void> {
    const { outbox, held } = this.#context;
    const isHeld = outbox.records.some((record) => record.clientMessageId === clientMessageId);
    if ((await outbox.revise(clientMessageId, withdrawn)) || !isHeld) return;
    // It has just come.
    const message = held.sent(clientMessageId);
    if (message) await this.recall(message.conversationId, message.seq);
  }

  /** The first message that was sent then or later. */
  async firstSince(conversationId: ConversationId, at: EpochMs): Promise<Seq | undefined> {
    return (await this.#context.call("history:find", { conversationId, at })).seq;
  }

  readers(conversationId: ConversationId, seq: Seq, page?: string, unread?: boolean): Promise<ReceiptsResponse> {
    return this.#context.call("receipts:get", {
      conversationId,
      seq,
      ...(page !== undefined && { page }),
      ...(unread && { unread }),
    });
  }
}
