import type { Conversation, ConversationId, LargeGroupState, UserId } from "@im-webapp/protocol";

/** Reads conversations as one user sees them, always in their state at the time of the call. */
export interface ConversationReader {
  /** Those of the conversations that the user is or was a member of. */
  views(userId: UserId, ids: readonly ConversationId[]): Promise<Map<ConversationId, Conversation>>;
  /** The large conversations of a member, whose messages are in no timeline. */
  largeStates(userId: UserId): Promise<LargeGroupState[]>;
  /** Up to `limit` conversations of the user with ids above `after`, ascending by id. */
  list(userId: UserId, after: ConversationId, limit: number): Promise<Conversation[]>;
}
