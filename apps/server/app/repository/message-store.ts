import type { ConversationId, Message } from "@im-webapp/protocol";
import type { MessageStore } from "../core/messages/message-store.ts";
import type { Span } from "../core/timeline/model.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import type { Sql } from "./sql.ts";

/** The message store, read side, on SQL. */
export class SqlMessageStore implements MessageStore {
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
}
