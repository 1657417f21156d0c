import { MAX_PACKET_BYTES } from "@im-webapp/protocol";
import type { ChangeResponse, ConversationId, Limits, Message } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { toImError } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { HeldMessages } from "../messages/held-messages.ts";
import type { AccountStore, PendingChange } from "../store/local-store.ts";
import type { Call } from "../transport/link.ts";
import type { ContactChange, MessageChange } from "../types.ts";
import { Outcomes } from "./outcomes.ts";
import { refuseOversized } from "./packet-size.ts";
import { isOfSame, isWaiting, newChange, nextChanges, outlived, queued } from "./pending-change.ts";
import type { ChangedMessage } from "./pending-change.ts";
import { PendingWrites } from "./pending-writes.ts";
import { RetryPauses } from "./retry-pauses.ts";

export interface ChangeQueueContext {
  readonly store: Pick<AccountStore, "updateChanges" | "pending">;
  readonly call: Call;
  /** Tells the server of a change of a contact; resolves when the timeline has shown it. */
  readonly sendContact: (change: ContactChange) => Promise<ChangeResponse>;
  readonly tasks: TaskGroup;
  /** `changes` changed. */
  readonly changed: () => void;
  /** The store has changed. */
  readonly stored: () => void;
  /** The copies of messages that this device holds. */
  readonly held: Pick<HeldMessages, "version" | "storedVersion">;
  /** Whether a conversation was read here and the timeline does not show it yet. */
  readonly isReading: (conversationId: ConversationId) => boolean;
  /** The server has a change that is not held yet: it should come by itself, soon. */
  readonly expect: (conversationId: ConversationId, isMissing: () => boolean) => void;
}

type Update = (held: readonly PendingChange[]) => readonly PendingChange[];

/**
 * Edits, recalls, reactions, marks, settings of conversations and changes of contacts on their way to the server: stored before they are
 * shown, marked in the store before
 * they are sent for the first time, sent in the order made with one under way per conversation, and sent again until
 * the server has answered for good. Each says what the message is to be and not what is to be added to it, so that
 * one whose answer was lost may be sent again.
 *
 * The store has the truth, for other programs put changes there too: whatever is done here is done to what the store
 * holds at that moment, and what it holds afterwards is what is shown. What the server has accepted stays until the
 * message is held in that version, so that it does not fall back in between. A refusal for good stays until somebody
 * has been told.
 */
export class ChangeQueue {
  readonly #context: ChangeQueueContext;
  readonly #storing: PendingWrites;
  readonly #pauses = new RetryPauses(() => this.pump());
  readonly #underWay = new Set<string>();
  readonly #outcomes = new Outcomes();
  #changes: readonly PendingChange[] = [];
  #connected = false;
  #maxPacketBytes = MAX_PACKET_BYTES;

  constructor(context: ChangeQueueContext) {
    this.#context = context;
    this.#storing = new PendingWrites(context.stored);
  }

  /** All that waits, that is accepted and not held yet, or that was refused; in the order made. */
  get changes(): readonly PendingChange[] {
    return this.#changes;
  }

  /** Takes over what an earlier run left. */
  restore(changes: readonly PendingChange[]): void {
    this.#replace(changes);
    for (const { id, accepted, ...message } of changes) {
      if (accepted) this.#context.tasks.run(() => this.#forgetHeld(id, message, accepted.version));
    }
  }

  /** Takes over what the store has now, after another program has changed it, and sends what there is to send. */
  async refresh(): Promise<void> {
    const read = async (): Promise<readonly PendingChange[]> => (await this.#context.store.pending()).changes;
    await this.#storing.refresh(
      () => this.#changes,
      read,
      (changes) => this.#replace(changes),
    );
    this.pump();
  }

  /** Sends from now on, within the limits that the server named. */
  connected({ maxPacketBytes }: Pick<Limits, "maxPacketBytes">): void {
    this.#connected = true;
    this.#maxPacketBytes = maxPacketBytes;
    this.#pauses.restart();
    this.pump();
  }

  /** Sends nothing until `connected`; what is under way fails by itself and waits again. */
  disconnected(): void {
    this.#connected = false;
    this.#pauses.end();
    this.#outcomes.giveUp();
  }

  /**
   * Stores a change at the end. Without a connection it resolves once that is shown; with one, once the server has
   * answered, or the connection is lost before. Rejects with the server's refusal, or when the store cannot take it.
   */
  async add(change: PendingChange): Promise<void> {
    await this.#update((held) => queued(held, change));
    if (!this.#connected || !this.#find(change.id)) {
      this.pump();
      return;
    }
    const outcome = this.#outcomes.of(change.id);
    this.pump();
    await outcome;
  }

  /** Adds a change that has just been made. `was`, of one that is put or taken away: whether it is there already. */
  make(message: ChangedMessage, change: MessageChange, was?: boolean): Promise<void> {
    return this.add(newChange(message, change, was));
  }

  /** Stores a change that follows a message which owed it, once; resolves when it is stored. */
  async follow(change: PendingChange): Promise<void> {
    // It is shown before it is stored: what it follows is in the store until then.
    this.#replace(queued(this.#changes, change));
    await this.#update((held) => queued(held, change));
    this.pump();
  }

  /** Forgets a change that was refused; does nothing with any other. */
  async dismiss(id: string): Promise<void> {
    await this.#update((held) => held.filter((change) => change.id !== id || !change.error));
  }

  /** These have come, and are held by now where their message is. */
  settle(messages: readonly Versioned[]): void {
    if (this.#changes.length === 0 || messages.length === 0) return;
    const settled = new Set<string>();
    for (const change of this.#changes) {
      const { id, accepted } = change;
      const come = messages.filter((message) => isOfSame(message, change));
      // Nothing that a recalled message said, or was to say, stays on the device.
      if (change.kind === "edit" && come.some(({ recalledAt }) => recalledAt)) settled.add(id);
      if (!accepted || come.length === 0) continue;
      const version = Math.max(...come.map((message) => message.version));
      // Another copy may be behind the one that has come.
      const held = Math.min(version, this.#context.held.version(change) ?? version);
      if (held >= accepted.version) settled.add(id);
    }
    if (settled.size > 0) this.#context.tasks.run(() => this.#forget(settled));
  }

  /** Looks at what is shown of a conversation, which another program may have stored. */
  look(shown: (conversationId: ConversationId) => readonly Message[]): void {
    const ids = new Set(this.#changes.flatMap((change) => (change.accepted ? [change.conversationId] : [])));
    for (const id of ids) this.settle(shown(id));
  }

  /** Nothing is cached any more, and what will be read is newer than what was accepted. */
  expire(): void {
    const accepted = new Set(this.#changes.filter((change) => change.accepted).map(({ id }) => id));
    if (accepted.size > 0) this.#context.tasks.run(() => this.#forget(accepted));
  }

  /** The server's database has another life; the store knows. */
  reset(): void {
    this.#replace(outlived(this.#changes));
  }

  /** Sends what may be sent, after something has changed that it waits for. */
  pump(): void {
    if (!this.#connected) return;
    for (const change of nextChanges(this.#changes, ({ id }) => this.#underWay.has(id))) {
      if (this.#pauses.has(change.conversationId)) continue;
      // Reading takes away the mark of being unread: one that was set afterwards has to reach the server afterwards.
      if (change.kind === "settings" && this.#context.isReading(change.conversationId)) continue;
      this.#underWay.add(change.id);
      this.#context.tasks.run(() => this.#send(change));
    }
  }

  async #send(change: PendingChange): Promise<void> {
    try {
      if (change.attempted !== true) await this.#mark(change.id, (held) => ({ ...held, attempted: true }));
      // Another program may have made it needless before it was marked.
      if (this.#find(change.id)) await this.#attempt(change);
    } finally {
      this.#underWay.delete(change.id);
    }
    this.pump();
  }

  async #attempt(change: PendingChange): Promise<void> {
    let answer: ChangeResponse;
    try {
      answer = await this.#ask(change);
    } catch (error) {
      await this.#refused(change, toImError(error));
      return;
    }
    await this.#accept(change, answer);
  }

  #ask(change: PendingChange): Promise<ChangeResponse> {
    const { call } = this.#context;
    const { conversationId, seq } = change;
    switch (change.kind) {
      case "edit": {
        const request = { conversationId, seq, content: { kind: "text" as const, text: change.text } };
        refuseOversized(request, this.#maxPacketBytes);
        return call("message:edit", request);
      }
      case "settings":
        return call("conversation:set", { conversationId, ...change.settings });
      case "recall":
      case "delete":
        return call(`message:${change.kind}`, { conversationId, seq });
      case "pin":
      case "star":
        return call(`message:${change.kind}`, { conversationId, seq, on: change.on });
      case "react":
        return call("message:react", { conversationId, seq, emoji: change.emoji, on: change.on });
      default:
        return this.#context.sendContact(change);
    }
  }

  async #accept({ id, conversationId, seq }: PendingChange, { version }: ChangeResponse): Promise<void> {
    this.#pauses.succeeded(conversationId);
    await this.#mark(id, (held) => (held.error ? held : { ...held, accepted: { version } }));
    this.#context.tasks.run(() => this.#forgetHeld(id, { conversationId, seq }, version));
  }

  async #refused({ id, kind, conversationId }: PendingChange, error: ImError): Promise<void> {
    // Without a session it waits for the next one.
    if (error.code === "UNAUTHENTICATED") return;
    if (!error.retryable) {
      this.#pauses.succeeded(conversationId);
      await this.#mark(id, (held) => ({ ...held, error: error.toWire() }));
      // How a conversation is kept is seen at once; whoever waits has been told.
      if (kind === "settings") await this.#forget(new Set([id]));
    } else if (this.#connected) {
      this.#pauses.begin(conversationId, error);
    }
  }

  /** Drops what the server has accepted and this device holds, or does not hold at all; the others are to come. */
  async #forgetHeld(id: string, message: ChangedMessage, version: number): Promise<void> {
    const { held, expect } = this.#context;
    const stored = await held.storedVersion(message);
    if (!this.#find(id)?.accepted) return;
    if (stored === undefined || stored >= version) await this.#forget(new Set([id]));
    else expect(message.conversationId, () => (held.version(message) ?? version) < version);
  }

  #forget(ids: ReadonlySet<string>): Promise<void> {
    return this.#update((held) => held.filter(({ id }) => !ids.has(id)));
  }

  #mark(id: string, change: (held: PendingChange) => PendingChange): Promise<void> {
    return this.#update((held) => held.map((other) => (other.id === id ? change(other) : other)));
  }

  #update(update: Update): Promise<void> {
    return this.#storing.run(async () => this.#replace(await this.#context.store.updateChanges(update)));
  }

  #find(id: string): PendingChange | undefined {
    return this.#changes.find((change) => change.id === id);
  }

  #replace(changes: readonly PendingChange[]): void {
    this.#changes = withIdentities(changes, this.#changes);
    this.#outcomes.settle(changes);
    this.#context.changed();
  }
}

/** What has come of a message; or, with 0 for `seq`, of the settings of a conversation. */
type Versioned = ChangedMessage & Pick<Message, "version" | "recalledAt">;

/** The changes, those that are as before in the form that they had before. */
function withIdentities(changes: readonly PendingChange[], before: readonly PendingChange[]): readonly PendingChange[] {
  const held = new Map(before.map((change) => [change.id, change]));
  return changes.map((change) => {
    const old = held.get(change.id);
    // Nothing else of a change ever changes.
    const same =
      old &&
      isWaiting(old) === isWaiting(change) &&
      old.attempted === change.attempted &&
      old.accepted?.version === change.accepted?.version &&
      (old.error === undefined) === (change.error === undefined);
    return same ? old : change;
  });
}
