import type { ConversationId, EpochMs, Message, Seq, UserId } from "@im-webapp/protocol";
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
/** Messages looked at in one step of a search by time: five steps for a million. */
const PROBES = 16;

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

  async firstSince(conversationId: ConversationId, { from, to }: Span, at: EpochMs): Promise<Seq | undefined> {
    // Sequences have no hole: the place is found by its key, in a few steps, and no index of times has to be kept.
    let [earlier, later] = [from, to + 1];
    while (later - earlier > 1) {
      const step = Math.max(1, Math.floor((later - earlier) / PROBES));
      const seqs = Array.from({ length: PROBES }, (_, i) => earlier + (i + 1) * step).filter((seq) => seq < later);
      const rows = await this.#sql.select<{ seq: Seq; sent_at: string }>(
        "SELECT seq, sent_at FROM message WHERE conversation_id = :conversationId AND seq IN (:seqs) ORDER BY seq",
        { conversationId, seqs },
      );
      const first = rows.findIndex((row) => this.#sql.clock.fromColumn(row.sent_at) >= at);
      const before = first === -1 ? rows.at(-1) : rows[first - 1];
      later = rows[first]?.seq ?? later;
      earlier = before?.seq ?? earlier;
      if (rows.length === 0) break;
    }
    return later <= to ? later : undefined;
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
