import { MAX_MENTION_SEQS } from "@im-webapp/protocol";
import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { Sql } from "./sql.ts";

/** Stands in `mention.user_id` for everybody. */
const EVERYBODY = "";

/** Most places that one query gives, over all conversations: bounds what somebody who was away for years costs. */
const MOST_ROWS = 5_000;

export const MENTION_COLUMNS = ["conversation_id", "user_id", "seq"];

/** The rows that say whom a message names, the sender left out. */
export function mentionRows({ conversationId, seq, senderId, mentions }: Message): [ConversationId, UserId, Seq][] {
  if (mentions === undefined) return [];
  const named = mentions === "all" ? [EVERYBODY] : [...new Set(mentions)].filter((userId) => userId !== senderId);
  return named.map((userId) => [conversationId, userId, seq]);
}

/**
 * Where a user is named in what they have not read and may see, by conversation: ascending, of many the newest
 * `MAX_MENTION_SEQS`. A recalled message names nobody.
 */
export async function unreadMentions(
  sql: Sql,
  userId: UserId,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, Seq[]>> {
  const places = new Map<ConversationId, Seq[]>();
  if (ids.length === 0) return places;
  const rows = await sql.select<{ conversation_id: ConversationId; seq: Seq }>(
    `SELECT x.conversation_id, x.seq
     FROM member p
     JOIN mention x ON x.conversation_id = p.conversation_id AND x.user_id IN (:userId, :everybody)
       AND x.seq > p.read_seq AND x.seq > p.from_seq AND (p.left_seq IS NULL OR x.seq <= p.left_seq)
     JOIN message m ON m.conversation_id = x.conversation_id AND m.seq = x.seq
     WHERE p.user_id = :userId AND p.conversation_id IN (:ids) AND m.recalled_at IS NULL AND m.sender_id <> :userId
     ORDER BY x.seq DESC LIMIT :most`,
    { userId, everybody: EVERYBODY, ids, most: MOST_ROWS },
  );
  for (const { conversation_id: id, seq } of rows) {
    const held = places.get(id) ?? [];
    places.set(id, held);
    if (held.length < MAX_MENTION_SEQS && held[0] !== seq) held.unshift(seq);
  }
  return places;
}
