import type { ConversationId, Limits, Message, Seq } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { HeldMessages } from "../messages/held-messages.ts";
import { storageQuota } from "../platform/storage-quota.ts";
import { placeholderFor } from "../placeholder.ts";
import type { Slices } from "../state/projector.ts";
import type { AccountStore, PendingSnapshot } from "../store/local-store.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { StoredChanges } from "../sync/timeline-store.ts";
import { type Remote, remote } from "../remote/remote.ts";
import type { Call } from "../transport/link.ts";
import { ChangeQueue } from "./change-queue.ts";
import type { ChangeQueueContext } from "./change-queue.ts";
import type { DraftSync } from "./draft-sync.ts";
import { Drafts } from "./drafts.ts";
import { Outbox } from "./outbox.ts";
import { newOutgoing } from "./outgoing.ts";
import { ReadMarks } from "./read-marks.ts";
import { RetryPauses } from "./retry-pauses.ts";
import type { Uploads, UploadsContext } from "./uploads.ts";

export interface UnsentContext {
  readonly store: AccountStore;
  readonly api: UploadsContext["api"];
  readonly call: Call;
  /** Tells the server of a change of a contact; resolves when the timeline has shown it. */
  readonly sendContact: ChangeQueueContext["sendContact"];
  readonly tasks: TaskGroup;
  /** What is shown of it changed. */
  readonly changed: () => void;
  /** What is stored of it changed. */
  readonly stored: () => void;
  /** The copies of messages that this device holds. */
  readonly held: HeldMessages;
  readonly record: (conversationId: ConversationId) => ConversationRecord | undefined;
  /** The conversation that a placeholder stands for by now; any other id as it is. */
  readonly resolve: (conversationId: ConversationId) => ConversationId;
  /** Something of a conversation should come by itself, soon; has it asked for if it is missing then. */
  readonly expect: (conversationId: ConversationId, isMissing: () => boolean) => void;
}

/** All that this device has written and the server, or its timeline, does not show yet. */
export class Unsent {
  readonly messages: Outbox;
  readonly changes: ChangeQueue;
  readonly reads: ReadMarks;
  readonly drafts: Drafts;
  /** The files of messages. */
  readonly uploads: Remote<Uploads>;
  readonly #context: UnsentContext;
  #draftSync: DraftSync | undefined;
  #isConnected = false;
  #refreshing = false;

  constructor(context: UnsentContext) {
    this.#context = context;
    const { store, call, sendContact, tasks, changed, stored, held, expect, resolve } = context;
    this.changes = new ChangeQueue({
      store,
      call,
      sendContact,
      tasks,
      changed,
      stored,
      held,
      expect,
      isReading: (id) => this.reads.pending.has(id),
    });
    this.messages = new Outbox({
      store,
      call,
      tasks,
      changed: () => {
        changed();
        this.#lookAtUploads();
      },
      stored,
      resolve,
      accepted: (id, seq) => this.#accepted(id, seq),
      follow: (change) => this.changes.follow(change),
    });
    this.uploads = remote(async () => {
      const { Uploads } = await import("./uploads.ts");
      return new Uploads({
        ...context,
        outbox: this.messages,
        quota: storageQuota,
        newOutgoing,
        newPauses,
      });
    });
    this.reads = new ReadMarks({
      store,
      call,
      tasks,
      stored,
      changed: () => {
        changed();
        this.changes.pump();
      },
    });
    const { record } = context;
    this.drafts = new Drafts({
      store,
      tasks,
      changed,
      stored,
      typed: () => this.#draftSync?.look(),
      known: (id) => record(id)?.conversation.draftAt ?? 0,
    });
  }

  get slices(): Pick<Slices, "outgoing" | "reads" | "changes" | "drafts"> {
    return {
      outgoing: this.messages.messages,
      reads: this.reads.pending,
      changes: this.changes.changes,
      drafts: this.drafts.held,
    };
  }

  /** The same as it is stored. */
  get snapshot(): PendingSnapshot {
    return {
      outgoing: this.messages.records,
      reads: [...this.reads.pending].map(([conversationId, seq]) => ({ conversationId, seq })),
      changes: this.changes.changes,
      drafts: [...this.drafts.held.values()],
    };
  }

  /** Takes over what an earlier run left. */
  restore({ outgoing, reads, changes, drafts }: PendingSnapshot): void {
    this.reads.restore(reads);
    this.messages.restore(outgoing);
    this.drafts.restore(drafts);
    this.changes.restore(changes);
  }

  /** Takes over what other tabs have stored, soon. */
  refresh(): void {
    if (this.#refreshing || !this.#context.store.shared) return;
    this.#refreshing = true;
    this.#context.tasks.run(async () => {
      await Promise.resolve();
      // What changes from here on needs another look.
      this.#refreshing = false;
      await Promise.all([this.messages, this.reads, this.changes, this.drafts].map((part) => part.refresh()));
      this.#settle();
    });
  }

  /** Sends from now on, within the limits that the server named. */
  connected(limits: Pick<Limits, "maxPacketBytes">): void {
    this.messages.connected(limits);
    this.reads.connected();
    this.changes.connected(limits);
    this.#isConnected = true;
    this.#lookAtUploads();
    this.#context.tasks.run(() => this.#syncDrafts());
    // What a tab has stored that led until now, and had no time to tell.
    this.refresh();
  }

  /** Sends nothing until `connected`. */
  disconnected(): void {
    this.messages.disconnected();
    this.reads.disconnected();
    this.changes.disconnected();
    this.#isConnected = false;
    this.#lookAtUploads();
    this.#draftSync?.disconnected();
  }

  /** These have come, and are stored. */
  arrived({ delivered, messages }: Pick<StoredChanges, "delivered" | "messages">): void {
    this.messages.delivered(delivered, messages);
  }

  /** These are held by now where their message is, in a window or in the cache. */
  shown(messages: readonly Message[]): void {
    this.changes.settle(messages);
  }

  /** Lets what waits follow conversations that are new or have moved on. */
  follow(records: ReadonlyMap<ConversationId, ConversationRecord>): void {
    for (const [id, { conversation }] of records) {
      if (conversation.type !== "direct" || conversation.peerId === undefined) continue;
      const placeholder = placeholderFor(conversation.peerId);
      if (this.drafts.drafts.has(placeholder)) this.drafts.rename((held) => (held === placeholder ? id : held));
    }
    this.messages.moved();
    this.changes.settle(
      [...records].map(([conversationId, { conversation }]) => ({
        conversationId,
        seq: 0,
        version: conversation.settingsVersion ?? 0,
      })),
    );
    this.#draftSync?.look();
    this.#settle();
  }

  /** Everything that came from the server is void, or what was cached of it; told while the conversations are known. */
  dropped(what: "all" | "cache"): void {
    if (what === "cache") {
      this.changes.expire();
      return;
    }
    const rename = (id: ConversationId): ConversationId => {
      const peer = this.#context.record(id)?.conversation;
      return peer?.type === "direct" && peer.peerId !== undefined ? placeholderFor(peer.peerId) : id;
    };
    this.messages.resetAccepted(rename);
    this.drafts.rename(rename);
    this.reads.reset();
    this.changes.reset();
    // Another tab may have gone on from there already.
    this.refresh();
  }

  /** Nothing of it is needed to show what is stored, so that it is loaded with the first connection. */
  async #syncDrafts(): Promise<void> {
    const loaded = await import("./draft-sync.ts").catch(() => undefined);
    // Where it cannot be loaded, drafts stay on this device until the next connection.
    if (!loaded || !this.#isConnected) return;
    const { call, tasks, record } = this.#context;
    this.#draftSync ??= new loaded.DraftSync({
      call,
      tasks,
      drafts: this.drafts,
      isKnown: (id) => !!record(id),
      newPauses,
    });
    this.#draftSync.connected();
  }

  #lookAtUploads(): void {
    // Where it cannot be loaded, the next connection tries again.
    this.#context.tasks.run(() => this.uploads.look(this.#isConnected).catch(() => undefined));
  }

  #settle(): void {
    const { record } = this.#context;
    this.messages.settle((id) => record(id)?.held.lastSeq);
    this.reads.settle((id) => record(id)?.conversation.readSeq);
  }

  #accepted(conversationId: ConversationId, seq: Seq): void {
    const { record, expect } = this.#context;
    this.#settle();
    expect(conversationId, () => (record(conversationId)?.held.lastSeq ?? 0) < seq);
  }
}

const newPauses = (over: () => void): RetryPauses => new RetryPauses(over);
