import { MAX_DRAFT_LENGTH } from "@im-webapp/protocol";
import type { ConversationId } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import { toImError } from "../errors.ts";
import type { Draft } from "../store/local-store.ts";
import type { Call } from "../transport/link.ts";
import type { Drafts } from "./drafts.ts";
import type { RetryPauses } from "./retry-pauses.ts";

/** How long nothing must be typed before the server is told, in milliseconds: a pause in thought, not one between keys. */
const PAUSE_MS = 1_500;

/** Whoever types without a pause is told of every so often, in milliseconds. */
const LONGEST_MS = 10_000;

export interface DraftSyncContext {
  readonly call: Call;
  readonly tasks: TaskGroup;
  readonly drafts: Drafts;
  /** Whether the server has the conversation; a placeholder's draft stays here. */
  readonly isKnown: (conversationId: ConversationId) => boolean;
  /** Handed over, for it is loaded first anyway: a second way to it would be a file of its own for pages to load. */
  readonly newPauses: (over: () => void) => RetryPauses;
}

/**
 * Tells the server what was typed, once there is a pause, so that the user's other devices show it. What it refuses for
 * good, and what is too long, stays on this device.
 */
export class DraftSync {
  readonly #context: DraftSyncContext;
  readonly #pauses: RetryPauses;
  readonly #timers = new Map<
    ConversationId,
    { readonly draft: Draft; readonly timer: ReturnType<typeof setTimeout> }
  >();
  /** Since when each has been waiting. */
  readonly #since = new Map<ConversationId, number>();
  readonly #underWay = new Set<ConversationId>();
  readonly #refused = new Set<Draft>();
  #connected = false;

  constructor(context: DraftSyncContext) {
    this.#context = context;
    this.#pauses = context.newPauses(() => this.look());
  }

  connected(): void {
    this.#connected = true;
    this.#pauses.restart();
    this.look();
  }

  disconnected(): void {
    this.#connected = false;
    this.#pauses.end();
    this.#since.clear();
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Looks at what there is to tell. */
  look(): void {
    if (!this.#connected) return;
    for (const [id, draft] of this.#context.drafts.held) {
      if (draft.sent === true || draft.text.length > MAX_DRAFT_LENGTH || this.#refused.has(draft)) continue;
      if (this.#timers.get(id)?.draft === draft || this.#underWay.has(id) || this.#pauses.has(id)) continue;
      if (this.#context.isKnown(id)) this.#wait(id, draft);
    }
  }

  #wait(id: ConversationId, draft: Draft): void {
    const now = Date.now();
    const since = this.#since.get(id) ?? now;
    this.#since.set(id, since);
    clearTimeout(this.#timers.get(id)?.timer);
    // What has been sent, or thrown away, should not stand elsewhere for a moment longer.
    const pause = draft.text === "" ? 0 : Math.min(PAUSE_MS, Math.max(0, since + LONGEST_MS - now));
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      this.#since.delete(id);
      this.#underWay.add(id);
      this.#context.tasks.run(() => this.#tell(id, draft));
    }, pause);
    this.#timers.set(id, { draft, timer });
  }

  async #tell(conversationId: ConversationId, draft: Draft): Promise<void> {
    const { text, at, base = 0 } = draft;
    try {
      const answer = await this.#context.call("draft:set", { conversationId, text, at, base });
      this.#pauses.succeeded(conversationId);
      await this.#context.drafts.answered(draft, answer);
    } catch (refusal) {
      const error = toImError(refusal);
      if (!error.retryable) this.#refused.add(draft);
      else if (this.#connected) this.#pauses.begin(conversationId, error);
    } finally {
      this.#underWay.delete(conversationId);
    }
    this.look();
  }
}
