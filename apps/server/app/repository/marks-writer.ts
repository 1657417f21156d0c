import type { Changes } from "../core/timeline/model.ts";
import { type Sql, type Work, toJson } from "./sql.ts";

/** Writes what a batch says of messages: earlier texts, stars and deletions. */
export async function writeMarks(sql: Sql, changes: Changes, transaction: Work): Promise<void> {
  const at = sql.clock.toColumn(changes.at);
  await sql.insert(
    "earlier_text",
    ["conversation_id", "seq", "version", "content", "written_at"],
    changes.earlierTexts.map(({ conversationId, seq, version, content, at: since }) => [
      conversationId,
      seq,
      version,
      toJson(content),
      sql.clock.toColumn(since),
    ]),
    "refuse",
    transaction,
  );
  // After the insert, for a batch may edit a message and recall it.
  for (const { conversationId, seq } of changes.forgottenTexts) {
    await sql.run(
      "DELETE FROM earlier_text WHERE conversation_id = :conversationId AND seq = :seq",
      { conversationId, seq },
      transaction,
    );
  }
  await sql.insert(
    "star",
    ["user_id", "conversation_id", "seq", "starred_at"],
    changes.stars.flatMap(({ userId, conversationId, seq, on }) => (on ? [[userId, conversationId, seq, at]] : [])),
    "ignore",
    transaction,
  );
  for (const { userId, conversationId, seq, on } of changes.stars) {
    if (on) continue;
    await sql.run(
      "DELETE FROM star WHERE user_id = :userId AND conversation_id = :conversationId AND seq = :seq",
      { userId, conversationId, seq },
      transaction,
    );
  }
  await sql.insert(
    "deletion",
    ["user_id", "conversation_id", "seq", "deleted_at"],
    changes.deletions.map(({ userId, conversationId, seq }) => [userId, conversationId, seq, at]),
    "ignore",
    transaction,
  );
}
