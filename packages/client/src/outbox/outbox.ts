import { MAX_PACKET_BYTES } from "@im-webapp/protocol";
import type { ConversationId, Limits, Message, SendResponse, Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { toImError } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { AccountStore, OutgoingRecord, PendingChange } from "../store/local-store.ts";
import type { Call } from "../transport/link.ts";
import type { OutgoingMessage } from "../types.ts";
import { isPending, owedChange, requestFor, sendable, shownOutgoing } from "./outgoing.ts";
import { refuseOversized } from "./packet-size.ts";
import { PendingWrites } from "./pending-writes.ts";
import type { ChangedMessage } from "./pending-change.ts";
import { RetryPauses } from "./retry-pauses.ts";

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
  /** The conversation that a placeholder stands for by now; any other id as it is. */
  readonly resolve: (conversationId: ConversationId) => ConversationId;
  /** Stores a change that follows a message which the server has; the message leaves the outbox after that. */
  readonly follow: (change: PendingChange) => Promise<void>;
}

/**
 * Messages of this device on their way to the server: stored before they are shown, sent in the order written with one
 * under way per conversation, and sent again with the same `clientMessageId` until the server has answered for good.
 *
 * A message with a file is sent once `Uploads` has brought the file to the server. What is written after it does not wait
 * for that, which may be minutes, but passes it; files keep their order among themselves, and what is said with files
 * (`afterFiles`) comes after them. A paused file holds up nothing.
 *
 * A refusal that no repetition can change marks the message failed and lets the ones behind it pass: they were written
 * as messages of their own, and one message too long must not silence a conversation. A failed message sent again
 * goes to the end, after what overtook it. What the server has accepted stays (as `sending`) until the timeline brings
 * it as a message, so that it is neither shown twice nor missing in between.
 *
 * Until it has been sent for the first time, which is marked in the store before, a message is changed in its place.
 * From then on the server may have it, and keeps what it was first: what has become of it here is owed, and follows as
 * a change of the message once it is one.
 */
export class Outbox {
  readonly #context: OutboxContext;
  readonly #storing: PendingWrites;
  readonly #underWay = new Set<string>();
  readonly #pauses = new RetryPauses(() => this.#pump());
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
    this.moved();
  }

  /** Sends from now on, within the limits that the server named. */
  connected({ maxPacketBytes }: Pick<Limits, "maxPacketBytes">): void {
    this.#connected = true;
    this.#maxPacketBytes = maxPacketBytes;
    this.#pauses.restart();
    this.#pump();
  }

  /** Sends nothing until `connected`; what is under way fails by itself and waits again. */
  disconnected(): void {
    this.#connected = false;
    this.#pauses.end();
  }

  /** Stores a message at the end, and its files; resolves once it is shown. Rejects only when the store cannot take it. */
  async add(record: OutgoingRecord, files?: readonly Blob[]): Promise<void> {
    await this.#storing.run(async () => {
      const queued = this.#sendsAtOnce(record) ? { ...record, attempted: true } : record;
      await this.#context.store.enqueue(queued, files);
      this.#replace([...this.#records, queued]);
      // The server may have made the conversation meanwhile; those behind are written to it by its own name.
      this.#move();
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

  /**
   * Changes one message that waits, or takes it out (null), by what the store holds of it; resolves once that is stored
   * and shown. False where there is no such message any more. A failed one stays failed until it is sent again.
   */
  async revise(clientMessageId: string, change: (record: OutgoingRecord) => OutgoingRecord | null): Promise<boolean> {
    const isFound = await this.#storing.run(async () => {
      let found = false;
      const [next] = await this.#context.store.updateOutgoing([clientMessageId], (held) => {
        found = true;
        return change(held);
      });
      if (!next) this.#remove((record) => record.clientMessageId === clientMessageId);
      // It came as a message in the same moment; sent again, it learns where, and what it owes follows.
      else if (!this.#find(clientMessageId)) this.#replace([...this.#records, next]);
      // What was answered meanwhile may not be in the store yet.
      else this.#change((record) => (record.clientMessageId === clientMessageId ? (change(record) ?? record) : record));
      return found;
    });
    this.#pump();
    return isFound;
  }

  /** These are what the timeline brought; those of this outbox have left the store together with that. */
  delivered(clientMessageIds: readonly string[], messages: readonly Message[]): void {
    const gone = new Set(clientMessageIds);
    const came = this.#records.filter((record) => gone.has(record.clientMessageId));
    if (came.length === 0) return;
    const bodies = new Map(messages.map((message) => [message.clientMessageId, message]));
    this.#leave(came, (record) => bodies.get(record.clientMessageId));
  }

  /** Drops what the server had accepted at or below what the timeline shows: it is in the history, entry or not. */
  settle(lastSeq: (conversationId: ConversationId) => Seq | undefined): void {
    const settled = this.#records.filter(
      ({ accepted }) => accepted && accepted.seq <= (lastSeq(accepted.conversationId) ?? 0),
    );
    if (settled.length === 0) return;
    this.#leave(settled, ({ accepted }) => accepted);
    const ids = settled.filter(({ owes }) => owes === undefined).map(({ clientMessageId }) => clientMessageId);
    if (ids.length > 0) this.#removeStored(ids);
  }

  /** Conversations of placeholders are there now: what waits for them goes there, before what is written to them next. */
  moved(): void {
    if (this.#records.length === 0) return;
    this.#move();
    this.#pump();
  }

  /**
   * The server's database has been replaced by an older state of itself: what it had accepted may be gone, so all is
   * sent again (the same `clientMessageId` keeps it single). `rename` gives the conversation that may need making anew.
   */
  resetAccepted(rename: (conversationId: ConversationId) => ConversationId): void {
    // Named now: when the store gets to it, there may be nothing left to name them by.
    const names = new Map(this.#records.map(({ conversationId }) => [conversationId, rename(conversationId)]));
    this.#rewrite((record) => {
      const { accepted: _accepted, ...waiting } = record;
      return { ...waiting, conversationId: names.get(record.conversationId) ?? record.conversationId };
    });
    this.#pump();
  }

  #move(): void {
    const { resolve } = this.#context;
    const names = new Map(this.#records.map(({ conversationId }) => [conversationId, resolve(conversationId)]));
    this.#rewrite((record) => {
      const conversationId = names.get(record.conversationId) ?? record.conversationId;
      return conversationId === record.conversationId ? record : { ...record, conversationId };
    });
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
    const { clientMessageId } = record;
    try {
      const marked = record.attempted === true ? record : await this.#markAttempted(clientMessageId);
      // Another program may have taken it back before it was marked.
      if (marked) {
        const request = requestFor(marked);
        refuseOversized(request, this.#maxPacketBytes);
        this.#accept(clientMessageId, await this.#context.call("message:send", request));
      }
    } catch (error) {
      this.#refuse(clientMessageId, toImError(error));
    } finally {
      this.#underWay.delete(clientMessageId);
    }
    this.#pump();
  }

  #markAttempted(clientMessageId: string): Promise<OutgoingRecord | undefined> {
    return this.#storing.run(async () => {
      const mark = (held: OutgoingRecord): OutgoingRecord => ({ ...held, attempted: true });
      const [marked] = await this.#context.store.updateOutgoing([clientMessageId], mark);
      if (!marked) this.#remove((record) => record.clientMessageId === clientMessageId);
      // Where it is to go may have changed meanwhile, here first; what it says, there.
      this.#change((record) =>
        record.clientMessageId === clientMessageId && marked
          ? { ...marked, conversationId: record.conversationId }
          : record,
      );
      return this.#find(clientMessageId);
    });
  }

  #accept(clientMessageId: string, { conversationId, seq }: SendResponse): void {
    const held = this.#find(clientMessageId);
    // Its entry came before the acknowledgement, or it was discarded.
    if (!held) return;
    this.#pauses.succeeded(held.conversationId);
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
      this.#pauses.succeeded(held.conversationId);
      if (held.owes === "recall") {
        // What was taken back is not there, so nothing has to follow.
        this.#remove((record) => record === held);
        this.#removeStored([clientMessageId]);
        return;
      }
      this.#rewrite((record) =>
        record.clientMessageId === clientMessageId ? { ...record, error: error.toWire() } : record,
      );
    } else if (this.#connected) {
      this.#pauses.begin(held.conversationId, error);
    }
  }

  /** Whether a message that is added now is sent as soon as it is stored. */
  #sendsAtOnce({ conversationId, parts }: OutgoingRecord): boolean {
    if (parts || !this.#connected || this.#pauses.has(conversationId)) return false;
    return !this.#records.some((record) => isPending(record) && record.conversationId === conversationId);
  }

  /** Removes what the server has as messages. What they owe is queued first, from where they are to be found there. */
  #leave(
    records: readonly OutgoingRecord[],
    placeOf: (record: OutgoingRecord) => (ChangedMessage & Partial<Pick<Message, "content">>) | undefined,
  ): void {
    const gone = new Set(records);
    for (const record of records) {
      const place = placeOf(record);
      if (record.owes === undefined || !place) continue;
      const change = owedChange(record, place);
      this.#context.tasks.run(async () => {
        if (change) await this.#context.follow(change);
        this.#removeStored([record.clientMessageId]);
      });
    }
    this.#remove((record) => gone.has(record));
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
    const ids = this.#change(change).map(({ clientMessageId }) => clientMessageId);
    if (ids.length === 0) return;
    this.#context.tasks.run(() => this.#storing.run(() => this.#context.store.updateOutgoing(ids, change)));
  }

  /** Changes records in their place, here; gives those that are others now. */
  #change(change: (record: OutgoingRecord) => OutgoingRecord): OutgoingRecord[] {
    const next = this.#records.map(change);
    const changed = next.filter((record, index) => record !== this.#records[index]);
    if (changed.length > 0) this.#replace(next);
    return changed;
  }

  #removeStored(clientMessageIds: readonly string[]): void {
    this.#context.tasks.run(() => this.#storing.run(() => this.#context.store.removeOutgoing(clientMessageIds)));
  }

  #replace(records: readonly OutgoingRecord[]): void {
    this.#records = records;
    this.#show();
  }

  #show(): void {
    const shown = new Map(this.#messages.map((message) => [message.clientMessageId, message]));
    const next = shownOutgoing(this.#records, this.#underWay).map((message) => {
      const old = shown.get(message.clientMessageId);
      return old && same(old, message) ? old : message;
    });
    if (next.length === this.#messages.length && next.every((message, index) => message === this.#messages[index])) {
      return;
    }
    this.#messages = next;
    this.#context.changed();
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
    a.status === b.status &&
    a.error === b.error &&
    a.content === b.content &&
    a.upload === b.upload &&
    a.conversationId === b.conversationId
  );
}
