import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { Participation } from "../core/conversations/access.ts";
import type { SearchReader, UploadedFile } from "../core/search/ports.ts";
import type { MessagePlace } from "../core/timeline/model.ts";
import { CONVERSATION_SELECT, type ConversationRow, toConversation } from "./conversation-row.ts";
import { MEMBER_SELECT, type MemberRow, toMember } from "./member-row.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import type { Sql } from "./sql.ts";

/** What a search reads besides the index, on SQL. */
export class SqlSearchReader implements SearchReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async participations(userId: UserId): Promise<Participation[]> {
    const rows = await this.#sql.select<ConversationRow & MemberRow>(
      `SELECT ${CONVERSATION_SELECT}, ${MEMBER_SELECT}
       FROM member p JOIN conversation c ON c.conversation_id = p.conversation_id WHERE p.user_id = :userId`,
      { userId },
    );
    return rows.map((row) => ({ conversation: toConversation(row), member: toMember(row, this.#sql.clock) }));
  }

  async messages(places: readonly MessagePlace[]): Promise<Message[]> {
    const seqs = new Map<ConversationId, Seq[]>();
    for (const { conversationId, seq } of places) {
      const held = seqs.get(conversationId);
      if (held) held.push(seq);
      else seqs.set(conversationId, [seq]);
    }
    if (seqs.size === 0) return [];
    // One condition with many alternatives would be answered by reading the whole table.
    const selects = [...seqs.keys()].map(
      (_, i) => `SELECT ${MESSAGE_SELECT} FROM message m WHERE m.conversation_id = :id${i} AND m.seq IN (:seqs${i})`,
    );
    const values = [...seqs].flatMap(([id, those], i): [string, unknown][] => [
      [`id${i}`, id],
      [`seqs${i}`, those],
    ]);
    const rows = await this.#sql.select<MessageRow>(selects.join(" UNION ALL "), Object.fromEntries(values));
    return rows.map((row) => toMessage(row, this.#sql.clock));
  }

  async files(fileIds: readonly string[]): Promise<ReadonlyMap<string, UploadedFile>> {
    if (fileIds.length === 0) return new Map();
    const rows = await this.#sql.select<UploadedFile & { file_id: string }>(
      "SELECT file_id, name, mime FROM file WHERE file_id IN (:ids)",
      { ids: [...new Set(fileIds)] },
    );
    return new Map(rows.map(({ file_id: fileId, name, mime }) => [fileId, { name, mime }]));
  }

  async deletions(userId: UserId, places: readonly MessagePlace[]): Promise<MessagePlace[]> {
    if (places.length === 0) return [];
    const rows = await this.#sql.select<{ conversation_id: ConversationId; seq: Seq }>(
      `SELECT conversation_id, seq FROM deletion
       WHERE user_id = :userId AND conversation_id IN (:ids) AND seq IN (:seqs)`,
      {
        userId,
        ids: [...new Set(places.map(({ conversationId }) => conversationId))],
        seqs: [...new Set(places.map(({ seq }) => seq))],
      },
    );
    return rows.map((row) => ({ conversationId: row.conversation_id, seq: row.seq }));
  }
}
