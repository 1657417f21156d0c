import type { ConversationId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { LargeGroupReader, LargeHead } from "../core/delivery/database-watch.ts";
import type { MessageStore } from "../core/messages/message-store.ts";
import type { Span } from "../core/timeline/model.ts";
import { CONVERSATION_SELECT, type ConversationRow, toConversation } from "./conversation-row.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import type { Sql } from "./sql.ts";

/** Members at present who may read a message, its sender left out. */
const MAY_READ = `FROM member p
  JOIN message m ON m.conversation_id = p.conversation_id AND m.seq = :seq AND m.sender_id <> p.user_id
  WHERE p.conversation_id = :conversationId AND p.left_seq IS NULL AND p.from_seq < :seq`;

/** The message store, read side, on SQL. */
export class SqlMessageStore implements MessageStore, LargeGroupReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async page(
    conversationId: ConversationId,
    spans: readonly Span[],
    limit: number,
    order: "ascending" | "descending",
  ): Promise<Message[]> {
    if (spans.length === 0 || limit < 1) return [];
    const ranges = spans.map((_, i) => `(m.seq > :from${i} AND m.seq <= :to${i})`).join(" OR ");
    const bounds = spans.flatMap(({ from, to }, i): [string, number][] => [
      [`from${i}`, from],
      [`to${i}`, to],
    ]);
    const rows = await this.#sql.select<MessageRow>(
      `SELECT ${MESSAGE_SELECT} FROM message m
       WHERE m.conversation_id = :conversationId AND (${ranges})
       ORDER BY m.seq ${order === "ascending" ? "ASC" : "DESC"} LIMIT :limit`,
      { conversationId, limit, ...Object.fromEntries(bounds) },
    );
    const messages = rows.map((row) => toMessage(row, this.#sql.clock));
    return order === "ascending" ? messages : messages.toReversed();
  }

  async largeHeads(): Promise<LargeHead[]> {
    const rows = await this.#sql.select<ConversationRow>(
      `SELECT ${CONVERSATION_SELECT} FROM conversation c WHERE c.large = TRUE`,
      {},
    );
    return rows.map(toConversation);
  }

  messagesAfter(conversationId: ConversationId, seq: Seq, limit: number): Promise<Message[]> {
    return this.page(conversationId, [{ from: seq, to: Number.MAX_SAFE_INTEGER }], limit, "ascending");
  }

  async changedAfter(
    conversationId: ConversationId,
    after: Seq,
    limit: number,
  ): Promise<{ message: Message; changeSeq: Seq }[]> {
    const rows = await this.#sql.select<MessageRow & { change_seq: Seq }>(
      `SELECT ${MESSAGE_SELECT}, m.change_seq FROM message m
       WHERE m.conversation_id = :conversationId AND m.change_seq > :after ORDER BY m.change_seq LIMIT :limit`,
      { conversationId, after, limit },
    );
    return rows.map((row) => ({ message: toMessage(row, this.#sql.clock), changeSeq: row.change_seq }));
  }

  async readers(
    conversationId: ConversationId,
    seq: Seq,
    read: boolean,
    after: UserId,
    limit: number,
  ): Promise<UserId[]> {
    const rows = await this.#sql.select<{ user_id: UserId }>(
      `SELECT p.user_id ${MAY_READ} AND p.user_id > :after AND p.read_seq ${read ? ">=" : "<"} :seq
       ORDER BY p.user_id LIMIT :limit`,
      { conversationId, seq, after, limit },
    );
    return rows.map((row) => row.user_id);
  }

  async countReaders(conversationId: ConversationId, seq: Seq): Promise<{ read: number; unread: number }> {
    const [row] = await this.#sql.select<{ everybody: number; have_read: string | number | null }>(
      `SELECT COUNT(*) AS everybody, SUM(CASE WHEN p.read_seq >= :seq THEN 1 ELSE 0 END) AS have_read ${MAY_READ}`,
      { conversationId, seq },
    );
    // MySQL gives a sum as text.
    const read = Number(row?.have_read ?? 0);
    return { read, unread: (row?.everybody ?? 0) - read };
  }
}
