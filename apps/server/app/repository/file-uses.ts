import { filesOf } from "../core/files/carried-files.ts";
import type { Changes } from "../core/timeline/model.ts";
import type { Sql, Work } from "./sql.ts";

/** Notes which files the messages of a batch carry, and frees those of messages that it recalls. */
export async function writeFileUses(sql: Sql, changes: Changes, transaction: Work): Promise<void> {
  const uses = changes.messages.flatMap(({ message }) =>
    filesOf(message.content).map((fileId) => [fileId, message.conversationId, message.seq]),
  );
  if (uses.length > 0) {
    await sql.insert("file_use", ["file_id", "conversation_id", "seq"], uses, "ignore", transaction);
    await sql.run(
      "UPDATE file SET removable_at = NULL WHERE file_id IN (:fileIds)",
      { fileIds: [...new Set(uses.map(([fileId]) => fileId ?? ""))] },
      transaction,
    );
  }
  for (const { message } of changes.changedMessages) {
    if (message.recalledAt === undefined) continue;
    const place = { conversationId: message.conversationId, seq: message.seq };
    await sql.run(
      `UPDATE file SET removable_at = :at
       WHERE file_id IN (SELECT u.file_id FROM file_use u WHERE u.conversation_id = :conversationId AND u.seq = :seq)
         AND NOT EXISTS (SELECT 1 FROM file_use o WHERE o.file_id = file.file_id
           AND NOT (o.conversation_id = :conversationId AND o.seq = :seq))`,
      { ...place, at: sql.clock.toColumn(changes.at) },
      transaction,
    );
    await sql.run("DELETE FROM file_use WHERE conversation_id = :conversationId AND seq = :seq", place, transaction);
  }
}
