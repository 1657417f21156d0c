import type { Content, ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { MarkReader, StarPlace, Starred } from "../core/messages/mark-reader.ts";
import type { EarlierText, MessagePlace } from "../core/timeline/model.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import { type JsonText, type Sql, fromJson } from "./sql.ts";

/** Reads what users have marked, and what messages said before, on SQL. */
export class SqlMarkReader implements MarkReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async deletedWithin(userId: UserId, conversationId: ConversationId, first: Seq, last: Seq): Promise<Set<Seq>> {
    const rows = await this.#sql.select<{ seq: Seq }>(
      `SELECT seq FROM deletion
       WHERE user_id = :userId AND conversation_id = :conversationId AND seq BETWEEN :first AND :last`,
      { userId, conversationId, first, last },
    );
    return new Set(rows.map(({ seq }) => seq));
  }

  async messages(conversationId: ConversationId, seqs: readonly Seq[]): Promise<Message[]> {
    const rows = await this.#sql.select<MessageRow>(
      `SELECT ${MESSAGE_SELECT} FROM message m
       WHERE m.conversation_id = :conversationId AND m.seq IN (:seqs) ORDER BY m.seq`,
      { conversationId, seqs },
    );
    return rows.map((row) => toMessage(row, this.#sql.clock));
  }

  async stars(userId: UserId, below: StarPlace | undefined, limit: number): Promise<Starred[]> {
    const further =
      below === undefined
        ? ""
        : `AND (k.starred_at < :at OR (k.starred_at = :at AND (k.conversation_id < :conversationId
             OR (k.conversation_id = :conversationId AND k.seq < :seq))))`;
    const values = below && {
      at: this.#sql.clock.toColumn(below.starredAt),
      conversationId: below.conversationId,
      seq: below.seq,
    };
    const rows = await this.#sql.select<MessageRow & { starred_at: string }>(
      `SELECT ${MESSAGE_SELECT}, k.starred_at FROM star k
       JOIN message m ON m.conversation_id = k.conversation_id AND m.seq = k.seq AND m.recalled_at IS NULL
       LEFT JOIN deletion x ON x.user_id = k.user_id AND x.conversation_id = k.conversation_id AND x.seq = k.seq
       WHERE k.user_id = :userId AND x.seq IS NULL ${further}
       ORDER BY k.starred_at DESC, k.conversation_id DESC, k.seq DESC LIMIT :limit`,
      { userId, limit, ...values },
    );
    return rows.map((row) => ({
      starredAt: this.#sql.clock.fromColumn(row.starred_at),
      message: toMessage(row, this.#sql.clock),
    }));
  }

  async earlierTexts({ conversationId, seq }: MessagePlace, below: number, limit: number): Promise<EarlierText[]> {
    const rows = await this.#sql.select<{ version: number; content: JsonText<Content>; written_at: string }>(
      `SELECT version, content, written_at FROM earlier_text
       WHERE conversation_id = :conversationId AND seq = :seq AND version < :below
       ORDER BY version DESC LIMIT :limit`,
      { conversationId, seq, below, limit },
    );
    return rows.map((row) => ({
      conversationId,
      seq,
      version: row.version,
      content: fromJson(row.content),
      at: this.#sql.clock.fromColumn(row.written_at),
    }));
  }
}
