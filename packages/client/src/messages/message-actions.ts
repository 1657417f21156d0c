import type { ChangeResponse, ConversationId, Message, ReceiptsResponse, Seq } from "@im-webapp/protocol";
import type { Call } from "../transport/link.ts";

export interface MessageActionsContext {
  readonly call: Call;
  /** The message as a window shows it; undefined where none does. */
  readonly shown: (conversationId: ConversationId, seq: Seq) => Message | undefined;
  /** Something of the conversation should come by itself, soon; has it asked for if it is missing then. */
  readonly expect: (conversationId: ConversationId, isMissing: () => boolean) => void;
}

/** What may be done with a message after it was sent. Each needs the server now, and rejects with its refusal. */
export class MessageActions {
  readonly #context: MessageActionsContext;

  constructor(context: MessageActionsContext) {
    this.#context = context;
  }

  async edit(conversationId: ConversationId, seq: Seq, text: string): Promise<void> {
    const content = { kind: "text" as const, text };
    this.#changed(conversationId, seq, await this.#context.call("message:edit", { conversationId, seq, content }));
  }

  async recall(conversationId: ConversationId, seq: Seq): Promise<void> {
    this.#changed(conversationId, seq, await this.#context.call("message:recall", { conversationId, seq }));
  }

  async react(conversationId: ConversationId, seq: Seq, emoji: string, on: boolean): Promise<void> {
    this.#changed(conversationId, seq, await this.#context.call("message:react", { conversationId, seq, emoji, on }));
  }

  readers(conversationId: ConversationId, seq: Seq, page?: string): Promise<ReceiptsResponse> {
    return this.#context.call("receipts:get", { conversationId, seq, ...(page !== undefined && { page }) });
  }

  /** The message has this version on the server. What shows it comes as all news does, and may be lost as all pushes. */
  #changed(conversationId: ConversationId, seq: Seq, { version }: ChangeResponse): void {
    const { shown, expect } = this.#context;
    expect(conversationId, () => (shown(conversationId, seq)?.version ?? version) < version);
  }
}
