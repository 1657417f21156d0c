import type { ConversationId, EpochMs, Message, Seq, UserId } from "@im-webapp/protocol";
import type { EarlierText, MessagePlace } from "../timeline/model.ts";
import { deletedCopy } from "./deleted-message.ts";

/** A starred message, and when it was starred. */
export interface Starred {
  readonly starredAt: EpochMs;
  readonly message: Message;
}

/** Where a listing of stars goes on: below this one. */
export type StarPlace = MessagePlace & Pick<Starred, "starredAt">;

/** Reads what users have marked, and what messages said before. */
export interface MarkReader {
  /** Those of the messages from `first` to `last` that the user has deleted for themself. */
  deletedWithin(userId: UserId, conversationId: ConversationId, first: Seq, last: Seq): Promise<ReadonlySet<Seq>>;
  /** Those of the messages that exist, ascending by `seq`. */
  messages(conversationId: ConversationId, seqs: readonly Seq[]): Promise<Message[]>;
  /** Up to `limit`, the last starred first; recalled messages and those that the user has deleted left out. */
  stars(userId: UserId, below: StarPlace | undefined, limit: number): Promise<Starred[]>;
  /** Up to `limit` texts of versions below that one, the newest first. */
  earlierTexts(place: MessagePlace, below: number, limit: number): Promise<EarlierText[]>;
}

/** The messages as their reader sees them, who may have deleted some. */
export async function asSeenBy(
  userId: UserId,
  messages: readonly Message[],
  reader: Pick<MarkReader, "deletedWithin">,
): Promise<readonly Message[]> {
  const [first] = messages;
  if (!first) return messages;
  const seqs = messages.map(({ seq }) => seq);
  const lowest = Math.min(...seqs);
  const deleted = await reader.deletedWithin(userId, first.conversationId, lowest, Math.max(...seqs));
  return deleted.size === 0
    ? messages
    : messages.map((message) => (deleted.has(message.seq) ? deletedCopy(message) : message));
}
