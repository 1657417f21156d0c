import { MAX_PACKET_BYTES } from "@im-webapp/protocol";
import type { ConversationId, Limits, SendRequest, SendResponse, Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { ImError, toImError } from "../errors.ts";
import { targetOf } from "../placeholder.ts";
import type { AccountStore, OutgoingRecord } from "../store/local-store.ts";
import { retryDelay } from "../transport/backoff.ts";
import type { Call } from "../transport/link.ts";
import type { OutgoingMessage } from "../types.ts";
import { isPending, sendable, toOutgoingMessage } from "./outgoing.ts";
import { PendingWrites } from "./pending-writes.ts";

/** What a packet's framing may add to a payload, in bytes, with room to spare. */
const PACKET_OVERHEAD_BYTES = 1_024;

export interface OutboxContext {
  readonly store: AccountStore;
  readonly call: Call;
  readonly tasks: TaskGroup;
  /** `messages` changed. */
  readonly changed: () => void;
  /** The store has changed. */
  readonly stored: () => void;
  /** The server has a message whose timeline entry has not come yet. */
  readonly accepted: (conversationId: ConversationId, seq: Seq) => void;
}

/**
 * Messages of this device on their way to the server: stored before they are shown, sent in the order written with one
 * under way per conversation, and sent again with the same `clientMessageId` until the server has answered for good.
 *
 * A refusal that no repetition can change marks the message failed and lets the ones behind it pass: they were written
 * as messages of their own, and one message too long must not silence a conversation. A failed message sent again
 * goes to the end, after what overtook it. What the server has accepted stays (as `sending`) until the timeline brings
 * it as a message, so that it is neither shown twice nor missing in between.
 */
export class Outbox {
  readonly #context: OutboxContext;
  readonly #storing: PendingWrites;
  readonly #underWay = new Set<string>();
  readonly #attempts = new Map<ConversationId, number>();
  readonly #pauses = new Map<ConversationId, ReturnType<typeof setTimeout>>();
  #records: readonly OutgoingRecord[] = [];
  #messages: readonly OutgoingMessage[] = [];
  #connected = false;
  #maxPacketBytes = MAX_PACKET_BYTES;

  constructor(context: OutboxContext) {
    this.#context = context;
    this.#storing = new PendingWrites(context.stored);
  }

  /** All that is not a message yet, in the order of sending. Elements keep their identity while they do not change. */
  get messages(): readonly OutgoingMessage[] {
    return this.#messages;
  }

  /** The same as they are stored. */
  get records(): readonly OutgoingRecord[] {
    return this.#records;
  }

  /** Takes over what an earlier run left. */
  restore(records: readonly OutgoingRecord[]): void {
    this.#replace([...records]);
  }

  /** Takes over what other tabs have stored. */
  async refresh(): Promise<void> {
    const read = async (): Promise<readonly OutgoingRecord[]> => (await this.#context.store.pending()).outgoing;
    await this.#storing.refresh(
      () => this.#records,
      read,
      (records) => this.#replace(keptWhereSame(records, this.#records)),
    );
    this.#pump();
  }

  /** Sends from now on, within the limits that the server named. */
  connected({ maxPacketBytes }: Pick<Limits, "maxPacketBytes">): void {
    this.#connected = true;
    this.#maxPacketBytes = maxPacketBytes;
    this.#attempts.clear();
    this.#clearPauses();
    this.#pump();
  }

  /** Sends nothing until `connected`; what is under way fails by itself and waits again. */
  disconnected(): void {
    this.#connected = false;
    this.#clearPauses();
  }

  /** Stores a message at the end; resolves once it is shown. Rejects only when the store cannot take it. */
  async add(record: OutgoingRecord): Promise<void> {
    await this.#storing.run(async () => {
      await this.#context.store.enqueue(record);
      this.#replace([...this.#records, record]);
    });
    this.#pump();
  }

  /** Puts a failed message to the end of the queue; does nothing with any other. */
  async resend(clientMessageId: string): Promise<void> {
    await this.#storing.run(async () => {
      const held = this.#find(clientMessageId);
      if (!held?.error) return;
      const { error: _, ...record } = held;
      await this.#context.store.enqueue(record);
      this.#replace([...this.#records.filter((other) => other !== held), record]);
    });
    this.#pump();
  }

  /** Forgets a message. One that is under way may have reached the server all the same, and then comes as a message. */
  async discard(clientMessageId: string): Promise<void> {
    await this.#storing.run(async () => {
      await this.#context.store.removeOutgoing([clientMessageId]);
      this.#remove((record) => record.clientMessageId === clientMessageId);
    });
    this.#pump();
  }

  /** These have come as messages, and have left the store together with that. */
  delivered(clientMessageIds: readonly string[]): void {
    const gone = new Set(clientMessageIds);
    this.#remove((record) => gone.has(record.clientMessageId));
  }

  /** Drops what the server had accepted at or below what the timeline shows: it is in the history, entry or not. */
  settle(lastSeq: (conversationId: ConversationId) => Seq | undefined): void {
    const settled = this.#records.filter(
      ({ accepted }) => accepted && accepted.seq <= (lastSeq(accepted.conversationId) ?? 0),
    );
    if (settled.length === 0) return;
    const ids = settled.map(({ clientMessageId }) => clientMessageId);
    this.delivered(ids);
    this.#context.tasks.run(() => this.#storing.run(() => this.#context.store.removeOutgoing(ids)));
  }

  /** The server has made the conversation of a placeholder. */
  move(from: ConversationId, to: ConversationId): void {
    this.#rewrite((record) => (record.conversationId === from ? { ...record, conversationId: to } : record));
  }

  /**
   * The server's database has been replaced by an older state of itself: what it had accepted may be gone, so all is
   * sent again (the same `clientMessageId` keeps it single). `rename` gives the conversation that may need making anew.
   */
  resetAccepted(rename: (conversationId: ConversationId) => ConversationId): void {
    this.#rewrite((record) => {
      const { accepted: _accepted, ...waiting } = record;
      return { ...waiting, conversationId: rename(record.conversationId) };
    });
    this.#pump();
  }

  has(conversationId: ConversationId): boolean {
    return this.#records.some((record) => record.conversationId === conversationId);
  }

  #pump(): void {
    for (const record of sendable(this.#records, ({ clientMessageId }) => this.#underWay.has(clientMessageId))) {
      if (!this.#connected || this.#pauses.has(record.conversationId)) continue;
      this.#underWay.add(record.clientMessageId);
      this.#context.tasks.run(() => this.#send(record));
    }
    this.#show();
  }

  async #send(record: OutgoingRecord): Promise<void> {
    const { clientMessageId, conversationId, content, replyTo, mentions } = record;
    const request: SendRequest = {
      clientMessageId,
      to: targetOf(conversationId),
      content,
      ...(replyTo !== undefined && { replyTo }),
      ...(mentions !== undefined && { mentions }),
    };
    try {
      refuseOversized(request, this.#maxPacketBytes);
      this.#accept(clientMessageId, await this.#context.call("message:send", request));
    } catch (error) {
      this.#refuse(clientMessageId, toImError(error));
    } finally {
      this.#underWay.delete(clientMessageId);
    }
    this.#pump();
  }

  #accept(clientMessageId: string, { conversationId, seq }: SendResponse): void {
    const held = this.#find(clientMessageId);
    // Its entry came before the acknowledgement, or it was discarded.
    if (!held) return;
    this.#attempts.delete(held.conversationId);
    this.#rewrite((record) =>
      record.clientMessageId === clientMessageId ? { ...record, accepted: { conversationId, seq } } : record,
    );
    this.#context.accepted(conversationId, seq);
  }

  #refuse(clientMessageId: string, error: ImError): void {
    const held = this.#find(clientMessageId);
    // Without a session it waits for the next one.
    if (!held || error.code === "UNAUTHENTICATED") return;
    if (!error.retryable) {
      this.#attempts.delete(held.conversationId);
      this.#rewrite((record) =>
        record.clientMessageId === clientMessageId ? { ...record, error: error.toWire() } : record,
      );
    } else if (this.#connected) {
      this.#pause(held.conversationId, error);
    }
  }

  #pause(conversationId: ConversationId, error: ImError): void {
    const attempt = this.#attempts.get(conversationId) ?? 0;
    this.#attempts.set(conversationId, attempt + 1);
    const timer = setTimeout(
      () => {
        this.#pauses.delete(conversationId);
        this.#pump();
      },
      retryDelay(error, attempt),
    );
    this.#pauses.set(conversationId, timer);
  }

  #clearPauses(): void {
    for (const timer of this.#pauses.values()) clearTimeout(timer);
    this.#pauses.clear();
  }

  #find(clientMessageId: string): OutgoingRecord | undefined {
    return this.#records.find((record) => record.clientMessageId === clientMessageId);
  }

  #remove(gone: (record: OutgoingRecord) => boolean): void {
    const kept = this.#records.filter((record) => !gone(record));
    if (kept.length < this.#records.length) this.#replace(kept);
  }

  /** Changes records in their place, here at once and in the store soon. */
  #rewrite(change: (record: OutgoingRecord) => OutgoingRecord): void {
    const next = this.#records.map(change);
    const changed = next.filter((record, index) => record !== this.#records[index]);
    if (changed.length === 0) return;
    this.#replace(next);
    this.#context.tasks.run(() => this.#storing.run(() => this.#context.store.updateOutgoing(changed)));
  }

  #replace(records: readonly OutgoingRecord[]): void {
    this.#records = records;
    this.#show();
  }

  #show(): void {
    const shown = new Map(this.#messages.map((message) => [message.clientMessageId, message]));
    const next = this.#records.map((record) => {
      const message = toOutgoingMessage(record, isPending(record) && this.#underWay.has(record.clientMessageId));
      const old = shown.get(record.clientMessageId);
      return old && same(old, message) ? old : message;
    });
    if (next.length === this.#messages.length && next.every((message, index) => message === this.#messages[index])) {
      return;
    }
    this.#messages = next;
    this.#context.changed();
  }
}

/** A packet above the server's limit would close the connection, again at every attempt; so it never leaves. */
function refuseOversized(request: SendRequest, maxPacketBytes: number): void {
  const bytes = new TextEncoder().encode(JSON.stringify(request)).length + PACKET_OVERHEAD_BYTES;
  if (bytes > maxPacketBytes) {
    throw new ImError({ code: "TOO_LARGE", message: `A message takes at most ${maxPacketBytes} bytes` });
  }
}

/** The records, each as the object that is held already where nothing has changed. */
function keptWhereSame(records: readonly OutgoingRecord[], held: readonly OutgoingRecord[]): OutgoingRecord[] {
  const known = new Map(held.map((record) => [record.clientMessageId, record]));
  return records.map((record) => {
    const old = known.get(record.clientMessageId);
    return old && JSON.stringify(old) === JSON.stringify(record) ? old : record;
  });
}

function same(a: OutgoingMessage, b: OutgoingMessage): boolean {
  return (
    a.status === b.status && a.error === b.error && a.content === b.content && a.conversationId === b.conversationId
  );
}
