import type { ConversationId } from "@im-webapp/protocol";
import { TYPING_EXPIRES_MS } from "@im-webapp/protocol";
import type { Call } from "../transport/link.ts";

/** Time between two calls while the user goes on writing, in milliseconds: half of what others believe one for. */
const REPEAT_MS = TYPING_EXPIRES_MS / 2;

/** After how long without a key the user has stopped, in milliseconds. */
const IDLE_MS = 5_000;

/**
 * Tells the server where this user is writing: at once, then at most every three seconds, and that they have stopped.
 * Only as it happens: what cannot be said now is not said later.
 */
export class TypingSender {
  readonly #call: Call;
  #current: ConversationId | null = null;
  #saidAt = -Infinity;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Call) {
    this.#call = call;
  }

  /** The user has written something in a conversation of the server's, or has stopped. */
  set(conversationId: ConversationId, typing: boolean): void {
    if (!typing) {
      this.#stop(conversationId);
      return;
    }
    if (this.#current !== null && this.#current !== conversationId) this.#stop(this.#current);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#stop(conversationId), IDLE_MS);
    const now = performance.now();
    if (this.#current === conversationId && now - this.#saidAt < REPEAT_MS) return;
    this.#current = conversationId;
    this.#saidAt = now;
    this.#say(conversationId, true);
  }

  /** Nothing is to be taken back from a server that is gone. */
  disconnected(): void {
    clearTimeout(this.#idle);
    this.#current = null;
  }

  #stop(conversationId: ConversationId): void {
    if (this.#current !== conversationId) return;
    clearTimeout(this.#idle);
    this.#current = null;
    this.#say(conversationId, false);
  }

  #say(conversationId: ConversationId, typing: boolean): void {
    // Refused, lost or not connected: others go without.
    this.#call("typing:set", { conversationId, typing }).catch(() => undefined);
  }
}
