import { randomUUID } from "node:crypto";
import type { RawDatabase } from "../../tests/support/raw-database.ts";
import type { Corpus } from "./corpus.ts";

/** Rows of one statement, and of one transaction: few flushes, and nothing that a database would not take. */
const ROWS_PER_STATEMENT = 1_000;
const CONVERSATIONS = 500;
/** Conversations in which the asker is: what the rest says must not be found. */
const ASKED_CONVERSATIONS = 300;
const PEOPLE = 200;
/** All was said in this time, evenly, up to an hour ago. */
const SPAN_MS = 2 * 365 * 24 * 3_600_000;
const UNTIL_MS = 3_600_000;
/** The servers show local time at this offset. */
const OFFSET_MS = 8 * 3_600_000;

/** What was put into the database. */
export interface Stock {
  readonly conversationIds: readonly string[];
  readonly senderIds: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Bytes of all texts in UTF-8. */
  readonly textBytes: number;
}

const column = (at: number) => new Date(at + OFFSET_MS).toISOString().replace("T", " ").replace("Z", "");

/**
 * Puts so many messages into the database of a running server, as if groups had talked for two years, all at the same
 * pace. The asker is a member of three fifths of the groups.
 */
export async function putIn(raw: RawDatabase, corpus: Corpus, asker: string, messages: number): Promise<Stock> {
  const conversationIds = Array.from({ length: CONVERSATIONS }, (_, index) => `gbench${index}`);
  const senderIds = Array.from({ length: PEOPLE }, (_, index) => `bench-sender-${index}`);
  const to = Date.now() - UNTIL_MS;
  const from = to - SPAN_MS;
  const each = Math.ceil(messages / CONVERSATIONS);
  await raw.run(
    insertion(
      "conversation (conversation_id, type, last_seq, member_version, member_count, created_at)",
      conversationIds.map((id) => `('${id}', 'group', ${each}, 1, 1, '${column(from)}')`),
    ),
  );
  await raw.run(
    insertion(
      "member (conversation_id, user_id, from_seq, read_seq, joined_at)",
      conversationIds.slice(0, ASKED_CONVERSATIONS).map((id) => `('${id}', '${asker}', 0, ${each}, '${column(from)}')`),
    ),
  );
  let textBytes = 0;
  let rows: string[] = [];
  for (let seq = 1; seq <= each; seq += 1) {
    for (const [index, id] of conversationIds.entries()) {
      const text = corpus.message();
      textBytes += Buffer.byteLength(text);
      const at = Math.floor(from + ((seq - 1) * CONVERSATIONS + index) * (SPAN_MS / (each * CONVERSATIONS)));
      const sender = senderIds[(seq * 7 + index) % PEOPLE];
      rows.push(
        `('${id}', ${seq}, '${sender}', '${id}', '${randomUUID()}', '{"kind":"text","text":"${text}"}', 1, 0, '${column(at)}')`,
      );
      if (rows.length < ROWS_PER_STATEMENT) continue;
      await raw.run(insertion(MESSAGE, rows));
      rows = [];
    }
  }
  if (rows.length > 0) await raw.run(insertion(MESSAGE, rows));
  return { conversationIds: conversationIds.slice(0, ASKED_CONVERSATIONS), senderIds, from, to, textBytes };
}

const MESSAGE =
  "message (conversation_id, seq, sender_id, group_id, client_message_id, content, version, change_seq, sent_at)";

const insertion = (into: string, rows: readonly string[]) => `INSERT INTO ${into} VALUES ${rows.join(",")}`;

/** How many messages the index has. */
export async function indexed(raw: RawDatabase): Promise<number> {
  const [row] = await raw.select("SELECT COALESCE(SUM(seq), 0) AS count FROM search_position");
  return Number(row?.count ?? 0);
}

/** What the tables of the index take on disk, in bytes. */
export async function indexBytes(raw: RawDatabase, isEmbedded: boolean): Promise<number> {
  if (!isEmbedded) await raw.run("ANALYZE TABLE search_posting, search_segment, search_position");
  const [row] = await raw.select(
    isEmbedded
      ? "SELECT SUM(pgsize) AS bytes FROM dbstat WHERE name LIKE '%search!_%' ESCAPE '!'"
      : `SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables
         WHERE table_schema = DATABASE() AND table_name LIKE 'search!_%' ESCAPE '!'`,
  );
  return Number(row?.bytes ?? 0);
}
