import { MAX_IDS_PER_CALL } from "@im-webapp/protocol";
import type { Conversation, PresenceEvent, UserId } from "@im-webapp/protocol";
import { ImError } from "../errors.ts";
import type { TaskGroup } from "../async/task-group.ts";
import type { Call } from "../transport/link.ts";
import type { Presence } from "../types.ts";
import type { WatchedUsers } from "./watched-users.ts";

/** How long changes of the list are gathered, in milliseconds: a screen that opens names its people one by one. */
const GATHER_MS = 50;

/** Wait before a refused list is named again, in milliseconds, where the server says nothing else. */
const RETRY_MS = 3_000;

/**
 * Names to the server whom the program watches, after each connect and when that changes, and keeps what it says of
 * them. What is not known, or not any more, is not in `view`.
 */
export class PresenceWatch {
  readonly #call: Call;
  readonly #tasks: TaskGroup;
  readonly #changed: () => void;
  #watched: WatchedUsers | null = null;
  #view: ReadonlyMap<UserId, Presence> = new Map();
  #isConnected = false;
  /** Whether the server has, or is being told, a list of this connection that names somebody. */
  #isNamed = false;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: { call: Call; tasks: TaskGroup; changed: () => void }) {
    this.#call = options.call;
    this.#tasks = options.tasks;
    this.#changed = options.changed;
  }

  /** The same object while nothing changes. */
  get view(): ReadonlyMap<UserId, Presence> {
    return this.#view;
  }

  /** Watches whom `watched` names from now on; `listChanged` says that it names others. */
  follow(watched: WatchedUsers): void {
    this.#watched = watched;
    this.listChanged();
  }

  listChanged(): void {
    this.#askSoon(GATHER_MS);
  }

  connected(): void {
    this.#isConnected = true;
    this.#askSoon(0);
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#isNamed = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#show(new Map());
  }

  receive(event: PresenceEvent): void {
    if (!this.#watched?.has(event.userId)) return;
    this.#show(new Map(this.#view).set(event.userId, presenceOf(event)));
  }

  /**
   * Conversations are new or have moved on. The first message to somebody lets the server tell of them, which it does
   * when it is asked anew.
   */
  follows(conversations: Iterable<Conversation>): void {
    for (const { peerId, type, lastSeq } of conversations) {
      if (type !== "direct" || peerId === undefined || lastSeq > 1 || !this.#watched?.has(peerId)) continue;
      this.listChanged();
    }
  }

  #askSoon(afterMs: number): void {
    if (!this.#isConnected || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tasks.run(() => this.#ask());
    }, afterMs);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) {
      this.#askSoon(GATHER_MS);
      return;
    }
    const userIds = this.#watched?.newest(MAX_IDS_PER_CALL) ?? [];
    if (userIds.length === 0 && !this.#isNamed) return;
    this.#isNamed = userIds.length > 0;
    this.#isAsking = true;
    try {
      const { presence } = await this.#call("presence:watch", { userIds });
      if (!this.#isConnected) return;
      const asked = new Set(userIds);
      // The answer names whom other tabs watch by the same connection too.
      const own = presence.filter(({ userId }) => asked.has(userId));
      this.#show(new Map(own.map((event) => [event.userId, presenceOf(event)])));
    } catch (error) {
      if (!(error instanceof ImError)) throw error;
      if (error.retryable) this.#askSoon(error.retryAfterMs ?? RETRY_MS);
    } finally {
      this.#isAsking = false;
    }
  }

  #show(view: ReadonlyMap<UserId, Presence>): void {
    if (view.size === 0 && this.#view.size === 0) return;
    this.#view = view;
    this.#changed();
  }
}

function presenceOf({ online, lastSeenAt }: PresenceEvent): Presence {
  return { online, ...(lastSeenAt !== undefined && { lastSeenAt }) };
}
