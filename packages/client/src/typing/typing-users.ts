import { TYPING_EXPIRES_MS } from "@im-webapp/protocol";
import type { ConversationId, Message, TypingEvent, UserId } from "@im-webapp/protocol";

/** Who else is writing, by conversation. Each stays for six seconds after their last event, or until they have written. */
export class TypingUsers {
  readonly #self: UserId;
  readonly #changed: () => void;
  readonly #timers = new Map<ConversationId, Map<UserId, ReturnType<typeof setTimeout>>>();
  #view: ReadonlyMap<ConversationId, readonly UserId[]> = new Map();

  constructor(self: UserId, changed: () => void) {
    this.#self = self;
    this.#changed = changed;
  }

  /** In the order in which they began. The same object while nothing changes. */
  get view(): ReadonlyMap<ConversationId, readonly UserId[]> {
    return this.#view;
  }

  receive({ conversationId, userId, typing }: TypingEvent): void {
    if (userId === this.#self) return;
    if (!typing) {
      this.#remove(conversationId, userId);
      return;
    }
    const timers = this.#timers.get(conversationId) ?? new Map<UserId, ReturnType<typeof setTimeout>>();
    this.#timers.set(conversationId, timers);
    const known = timers.get(userId);
    clearTimeout(known);
    timers.set(
      userId,
      setTimeout(() => this.#remove(conversationId, userId), TYPING_EXPIRES_MS),
    );
    if (known === undefined) this.#show(conversationId);
  }

  /** Messages have come: what their senders were writing is there. */
  arrived(messages: readonly Message[]): void {
    for (const { conversationId, senderId } of messages) this.#remove(conversationId, senderId);
  }

  /** Nobody is known to be writing any more. */
  clear(): void {
    for (const timers of this.#timers.values()) for (const timer of timers.values()) clearTimeout(timer);
    this.#timers.clear();
    if (this.#view.size === 0) return;
    this.#view = new Map();
    this.#changed();
  }

  #remove(conversationId: ConversationId, userId: UserId): void {
    const timers = this.#timers.get(conversationId);
    const timer = timers?.get(userId);
    if (!timers || timer === undefined) return;
    clearTimeout(timer);
    timers.delete(userId);
    if (timers.size === 0) this.#timers.delete(conversationId);
    this.#show(conversationId);
  }

  #show(conversationId: ConversationId): void {
    const view = new Map(this.#view);
    const userIds = [...(this.#timers.get(conversationId)?.keys() ?? [])];
    if (userIds.length > 0) view.set(conversationId, userIds);
    else view.delete(conversationId);
    this.#view = view;
    this.#changed();
  }
}
