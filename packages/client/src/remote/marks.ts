import type { ConversationId, EditsResponse, Message, PinsResponse, Seq, StarsResponse } from "@im-webapp/protocol";
import { search } from "../transport/rest.ts";
import { usersOfMessage } from "../users/mentioned-users.ts";
import type { RemoteContext } from "./remote.ts";

/** What is pinned and starred, and what messages said before. Every call needs the server, and rejects with an `ImError`. */
export class MarkCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /**
   * The pinned messages of a conversation that the caller may see, in the order in which they were pinned. Which these are
   * is in the state, as `pins` of the conversation. `NOT_MEMBER` for one that the caller has left.
   */
  async pins(conversationId: ConversationId): Promise<readonly Message[]> {
    const path = `/conversations/${encodeURIComponent(conversationId)}/pins`;
    const { messages } = await this.#context.send<PinsResponse>({ method: "GET", path });
    this.#name(messages);
    return messages;
  }

  /** Messages that the caller has starred, the last starred first, 50 to a page. Recalled and deleted ones are left out. */
  async stars(page?: string): Promise<StarsResponse> {
    const answer = await this.#context.send<StarsResponse>({ method: "GET", path: `/stars?${search({ page })}` });
    this.#name(answer.stars.map(({ message }) => message));
    return answer;
  }

  /**
   * What a message said before it was edited, the newest first, 50 to a page; a recalled one has none. `NOT_FOUND` for a
   * message that the caller may not see, `NOT_MEMBER` in a conversation that they have left.
   */
  async edits(conversationId: ConversationId, seq: Seq, page?: string): Promise<EditsResponse> {
    const path = `/conversations/${encodeURIComponent(conversationId)}/messages/${seq}/edits?${search({ page })}`;
    return this.#context.send({ method: "GET", path });
  }

  #name(messages: readonly Message[]): void {
    this.#context.account().directory.want(messages.flatMap(usersOfMessage));
  }
}
