import type { ConversationId, EpochMs, SetDraftResponse } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { AccountStore, Draft } from "../store/local-store.ts";
import { PendingWrites } from "./pending-writes.ts";

export interface DraftsContext {
  readonly store: Pick<AccountStore, "pending" | "putDraft">;
  readonly tasks: TaskGroup;
  /** `drafts` changed. */
  readonly changed: () => void;
  /** The store has changed. */
  readonly stored: () => void;
  /** Something was typed, here or in another tab. */
  readonly typed: () => void;
  /** The `draftAt` of the newest draft that the server has of a conversation, as far as it is known. */
  readonly known: (conversationId: ConversationId) => EpochMs;
}

/**
 * What was typed last into the composers of this device, by conversation. It is shown at once and stored soon, also the emptying
 * of a composer: a tab that was closed with an older text in it brings nothing back.
 */
export class Drafts {
  readonly #context: DraftsContext;
  readonly #storing: PendingWrites;
  #held: ReadonlyMap<ConversationId, Draft> = new Map();
  #drafts: ReadonlyMap<ConversationId, Draft> = new Map();

  constructor(context: DraftsContext) {
    this.#context = context;
    this.#storing = new PendingWrites(context.stored);
  }

  /** Those that have a text. */
  get drafts(): ReadonlyMap<ConversationId, Draft> {
    return this.#drafts;
  }

  /** The same with what says that there is none any more. */
  get held(): ReadonlyMap<ConversationId, Draft> {
    return this.#held;
  }

  /** Takes over what the store has, as far as it is not older than what is held. */
  restore(drafts: readonly Draft[]): void {
    const held = new Map(this.#held);
    for (const draft of drafts) {
      if (draft.at > (held.get(draft.conversationId)?.at ?? 0)) held.set(draft.conversationId, draft);
    }
    this.#replace(held);
  }

  /** Takes over what the store has now, after another program has changed it. */
  refresh(): Promise<void> {
    const read = async (): Promise<readonly Draft[]> => (await this.#context.store.pending()).drafts;
    return this.#storing.refresh(
      () => this.#held,
      read,
      (drafts) => this.restore(drafts),
    );
  }

  /** Sets what stands in a conversation's composer, empty for nothing; resolves once it is stored. */
  async set(conversationId: ConversationId, text: string): Promise<void> {
    const held = this.#held.get(conversationId);
    const base = this.#context.known(conversationId);
    const isShown = held && (held.sent !== true || (held.base ?? 0) >= base);
    if (isShown ? held.text === text : text === "" && base === 0) return;
    await this.#put({ conversationId, text, at: Math.max(Date.now(), (held?.at ?? 0) + 1), base });
  }

  /** The server has answered to a draft: it has this one now, or keeps one that it knows to be newer. */
  async answered(draft: Draft, { text, at }: SetDraftResponse): Promise<void> {
    // Whoever has typed on has something new to tell.
    if (this.#held.get(draft.conversationId) !== draft) return;
    await this.#put({ ...draft, sent: true, ...(text === draft.text && { base: at }) });
  }

  async #put(draft: Draft): Promise<void> {
    const { conversationId } = draft;
    this.#replace(new Map(this.#held).set(conversationId, draft));
    await this.#storing.run(async () => {
      const stored = await this.#context.store.putDraft(draft);
      // The store may know of a later one by another program, or by another clock, and has put this one after it.
      const held = this.#held.get(conversationId);
      if (held && stored.at > held.at) {
        this.#replace(new Map(this.#held).set(conversationId, { ...held, at: stored.at }));
      }
    });
  }

  /** Conversations go by other ids now: that of a placeholder's, or the other way round. */
  rename(to: (conversationId: ConversationId) => ConversationId): void {
    for (const { conversationId, text } of this.#drafts.values()) {
      const renamed = to(conversationId);
      if (renamed === conversationId) continue;
      // What was written there already stays.
      if (!this.#drafts.has(renamed)) this.#context.tasks.run(() => this.set(renamed, text));
      this.#context.tasks.run(() => this.set(conversationId, ""));
    }
  }

  #replace(held: ReadonlyMap<ConversationId, Draft>): void {
    this.#held = held;
    this.#drafts = new Map([...held].filter(([, { text }]) => text !== ""));
    this.#context.changed();
    this.#context.typed();
  }
}
