import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import type {
  ChangePosition,
  IndexBacklog,
  IndexChanges,
  IndexSource,
  MessageRange,
} from "../core/search/index-ports.ts";
import { textOf, unnamedFile } from "../core/search/file-name.ts";
import type { Pace } from "../core/search/pace.ts";
import type { IndexedMessage } from "../core/search/segment.ts";
import { MESSAGE_SELECT, type MessageRow, toMessage } from "./message-row.ts";
import type { Sql } from "./sql.ts";

/** The rows of `setting` that say until when somebody has the turn, and to which index the positions belong. */
const TURN = "search-until";
const OWNER = "search-index";
/** Digits of a padded time: text then compares like the number. */
const PADDED = 16;
/** Ranges that one statement reads: a short text, and no plan that reads the whole table. */
const RANGES_PER_STATEMENT = 100;
/** Messages that one statement reads: its rows come at a stretch, and others wait meanwhile. */
const MESSAGES_PER_STATEMENT = 500;
/** Names that one statement reads. */
const NAMES_PER_STATEMENT = 2_000;
/** Conversations whose changes are looked at in one step. */
const MAX_CHANGED_CONVERSATIONS = 200;

const padded = (ms: number) => String(ms).padStart(PADDED, "0");

/** What an index is made from, on SQL: the messages, and how far it has come with them. */
export class SqlIndexSource implements IndexSource {
  readonly #sql: Sql;
  readonly #pace: Pace;

  constructor(sql: Sql, pace: Pace) {
    this.#sql = sql;
    this.#pace = pace;
  }

  async takeTurn(now: EpochMs, until: EpochMs, held?: EpochMs): Promise<boolean> {
    await this.#sql.insert("setting", ["name", "value"], [[TURN, padded(0)]], "ignore");
    const taken = await this.#sql.update(
      "UPDATE setting SET value = :until WHERE name = :name AND (value < :now OR value = :held)",
      { name: TURN, until: padded(until), now: padded(now), held: held === undefined ? "" : padded(held) },
    );
    return taken === 1;
  }

  async endTurn(held: EpochMs): Promise<void> {
    await this.#sql.update("UPDATE setting SET value = :none WHERE name = :name AND value = :held", {
      name: TURN,
      none: padded(0),
      held: padded(held),
    });
  }

  async owner(): Promise<string | undefined> {
    const [row] = await this.#sql.select<{ value: string }>("SELECT value FROM setting WHERE name = :name", {
      name: OWNER,
    });
    return row?.value;
  }

  async setOwner(name: string): Promise<void> {
    await this.#sql.insert("setting", ["name", "value"], [[OWNER, name]], { key: ["name"], update: ["value"] });
  }

  async backlog(limit: number): Promise<IndexBacklog[]> {
    const rows = await this.#sql.select<{
      conversation_id: ConversationId;
      last_seq: Seq;
      last_change_seq: Seq;
      seq: Seq;
      change_seq: Seq;
    }>(
      `SELECT c.conversation_id, c.last_seq, c.change_seq AS last_change_seq,
         COALESCE(i.seq, 0) AS seq, COALESCE(i.change_seq, 0) AS change_seq
       FROM conversation c LEFT JOIN search_position i ON i.conversation_id = c.conversation_id
       WHERE c.last_seq > COALESCE(i.seq, 0) LIMIT :limit`,
      { limit },
    );
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      lastSeq: row.last_seq,
      lastChangeSeq: row.last_change_seq,
      seq: row.seq,
      changeSeq: row.change_seq,
    }));
  }

  async timesAfter(ranges: readonly MessageRange[]): Promise<(conversationId: ConversationId) => readonly EpochMs[]> {
    const times = new Map<ConversationId, EpochMs[]>();
    const columns = "m.conversation_id AS m_conversation_id, m.seq AS m_seq, m.sent_at AS m_sent_at";
    for await (const rows of this.#read<Pick<MessageRow, "m_conversation_id" | "m_seq" | "m_sent_at">>(
      columns,
      ranges,
    )) {
      for (const row of rows) {
        const held = times.get(row.m_conversation_id);
        const at = this.#sql.clock.fromColumn(row.m_sent_at);
        if (held) held.push(at);
        else times.set(row.m_conversation_id, [at]);
      }
    }
    return (conversationId) => times.get(conversationId) ?? [];
  }

  async messagesOf(ranges: readonly MessageRange[]): Promise<IndexedMessage[]> {
    const documents: IndexedMessage[] = [];
    for await (const rows of this.#read<MessageRow>(MESSAGE_SELECT, ranges)) {
      const messages = rows.map((row) => toMessage(row, this.#sql.clock));
      documents.push(...(await this.#documents(messages)));
    }
    return documents;
  }

  async changes(limit: number): Promise<IndexChanges> {
    const behind = await this.#sql.select<{ conversation_id: ConversationId; seq: Seq; change_seq: Seq; last: Seq }>(
      `SELECT i.conversation_id, i.seq, i.change_seq, c.change_seq AS last
       FROM search_position i JOIN conversation c ON c.conversation_id = i.conversation_id
       WHERE c.change_seq > i.change_seq LIMIT :limit`,
      { limit: MAX_CHANGED_CONVERSATIONS },
    );
    const messages: Message[] = [];
    const positions: ChangePosition[] = [];
    let read = 0;
    for (const { conversation_id: conversationId, seq, change_seq: after, last } of behind) {
      if (read >= limit) break;
      const rows = await this.#sql.select<MessageRow & { change_seq: Seq }>(
        `SELECT ${MESSAGE_SELECT}, m.change_seq FROM message m
         WHERE m.conversation_id = :conversationId AND m.change_seq > :after ORDER BY m.change_seq LIMIT :limit`,
        { conversationId, after, limit },
      );
      read += rows.length;
      // What is not in the index yet will be read as it is then; a reaction changes no word.
      const known = rows.filter((row) => row.m_seq <= seq && (row.m_edited_at ?? row.m_recalled_at) !== null);
      messages.push(...known.map((row) => toMessage(row, this.#sql.clock)));
      const changeSeq = rows.length < limit ? Math.max(last, rows.at(-1)?.change_seq ?? 0) : rows.at(-1)?.change_seq;
      positions.push({ conversationId, changeSeq: changeSeq ?? last });
    }
    const isMore = positions.length < behind.length || read >= limit || behind.length === MAX_CHANGED_CONVERSATIONS;
    return { messages: await this.#documents(messages), positions, isMore };
  }

  async #documents(messages: readonly Message[]): Promise<IndexedMessage[]> {
    const fileIds = messages.flatMap(({ content }) => unnamedFile(content) ?? []);
    const names = new Map<string, string>();
    for (let at = 0; at < fileIds.length; at += NAMES_PER_STATEMENT) {
      const rows = await this.#sql.select<{ file_id: string; name: string }>(
        "SELECT file_id, name FROM file WHERE file_id IN (:part)",
        { part: fileIds.slice(at, at + NAMES_PER_STATEMENT) },
      );
      for (const row of rows) names.set(row.file_id, row.name);
    }
    return messages.map((message) => ({ message, text: textOf(message.content, names) }));
  }

  /** The messages of the ranges in their order, some hundreds at a time. */
  async *#read<R extends Pick<MessageRow, "m_seq">>(
    columns: string,
    ranges: readonly MessageRange[],
  ): AsyncGenerator<R[]> {
    for (const part of statementsOf(ranges)) {
      const selects = part.map(
        (_, i) =>
          `SELECT ${i} AS place, ${columns} FROM message m
           WHERE m.conversation_id = :id${i} AND m.seq BETWEEN :from${i} AND :to${i}`,
      );
      const values = part.flatMap(({ conversationId, firstSeq, count }, i): [string, string | number][] => [
        [`id${i}`, conversationId],
        [`from${i}`, firstSeq],
        [`to${i}`, firstSeq + count - 1],
      ]);
      const rows = await this.#sql.select<R & { place: number }>(
        selects.join(" UNION ALL "),
        Object.fromEntries(values),
      );
      yield rows.toSorted((a, b) => a.place - b.place || a.m_seq - b.m_seq);
      if (this.#pace.isOver) await this.#pace.rest();
    }
  }
}

/** The ranges in pieces, and of these as many together as one statement reads. */
function statementsOf(ranges: readonly MessageRange[]): MessageRange[][] {
  const statements: MessageRange[][] = [];
  let room = 0;
  for (const { conversationId, firstSeq, count } of ranges) {
    for (let passed = 0; passed < count;) {
      const last = statements.at(-1);
      const isFull = room === 0 || last?.length === RANGES_PER_STATEMENT;
      if (isFull) room = MESSAGES_PER_STATEMENT;
      const piece = { conversationId, firstSeq: firstSeq + passed, count: Math.min(count - passed, room) };
      if (isFull) statements.push([piece]);
      else last?.push(piece);
      passed += piece.count;
      room -= piece.count;
    }
  }
  return statements;
}
