import type { ConversationId } from "@im-webapp/protocol";
import type { ImError } from "../errors.ts";
import { retryDelay } from "../transport/backoff.ts";

/** Conversations for which nothing is sent for a while, each with a back-off of its own. */
export class RetryPauses {
  readonly #over: () => void;
  readonly #attempts = new Map<ConversationId, number>();
  readonly #timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();

  /** `over` is called when the pause of a conversation is over. */
  constructor(over: () => void) {
    this.#over = over;
  }

  has(conversationId: ConversationId): boolean {
    return this.#timers.has(conversationId);
  }

  /** Pauses after a refusal that may pass: as long as the server asks, else longer each time until `succeeded`. */
  begin(conversationId: ConversationId, error: ImError): void {
    const attempt = this.#attempts.get(conversationId) ?? 0;
    this.#attempts.set(conversationId, attempt + 1);
    clearTimeout(this.#timers.get(conversationId));
    const timer = setTimeout(
      () => {
        this.#timers.delete(conversationId);
        this.#over();
      },
      retryDelay(error, attempt),
    );
    this.#timers.set(conversationId, timer);
  }

  succeeded(conversationId: ConversationId): void {
    this.#attempts.delete(conversationId);
  }

  /** Ends all pauses without a word. */
  end(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** The same, and forgets how often each has been tried. */
  restart(): void {
    this.end();
    this.#attempts.clear();
  }
}
