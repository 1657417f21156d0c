import type { BenchDatabase } from "../measure/database.ts";
import { BENCH_TEXT } from "../text.ts";

/** Messages of one conversation; each is two rows of `push_history`, one for either side. */
const MESSAGES_PER_CONVERSATION = 100;

/** Conversations of one statement: some hundred thousand rows, which InnoDB undoes in reasonable time if need be. */
const CONVERSATIONS_PER_STATEMENT = 2_000;

/** The server's sessions show local time at this offset. */
const AT = "CONVERT_TZ(NOW(3), @@session.time_zone, '+08:00')";

/** A pair of people with a conversation of `MESSAGES_PER_CONVERSATION` messages. */
export interface FilledPair {
  readonly left: string;
  readonly right: string;
  readonly conversationId: string;
}

/**
 * Fills the tables, in bulk, until they hold `messages` messages, as if pairs of people had written to each other in
 * turns. Goes on from `from` messages that are there already.
 */
export async function fill(database: BenchDatabase, schema: string, from: number, messages: number): Promise<void> {
  const first = from / MESSAGES_PER_CONVERSATION;
  const last = messages / MESSAGES_PER_CONVERSATION;
  // Nothing here is kept, and the flush of each commit is what the measuring is about, not the filling.
  await database.run("SET GLOBAL innodb_flush_log_at_trx_commit = 2");
  await database.run(`USE ${schema}; SET SESSION unique_checks = 0`);
  try {
    for (let start = first; start < last; start += CONVERSATIONS_PER_STATEMENT) {
      await fillConversations(database, start, Math.min(start + CONVERSATIONS_PER_STATEMENT, last) - 1);
    }
    await database.run(`ANALYZE TABLE user, timeline, conversation, member, message, push_history`);
  } finally {
    await database.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
  }
}

/** Names of filled people and conversations: hashes, so that neighbours in time are not neighbours in the tables. */
const USER = (pair: string, side: "l" | "r") => `SUBSTR(MD5(CONCAT('${side}', ${pair})), 1, 20)`;
const CONVERSATION = (left: string, right: string) =>
  `CONCAT('d', SUBSTR(SHA2(CONCAT(LEAST(${left}, ${right}), '\\n', GREATEST(${left}, ${right})), 256), 1, 32))`;

async function fillConversations(database: BenchDatabase, from: number, to: number): Promise<void> {
  await database.run(`
    CREATE OR REPLACE TEMPORARY TABLE pair (n BIGINT, u VARCHAR(64), v VARCHAR(64), c VARCHAR(64));
    INSERT INTO pair SELECT seq, ${USER("seq", "l")}, ${USER("seq", "r")}, '' FROM seq_${from}_to_${to};
    UPDATE pair SET c = ${CONVERSATION("u", "v")}`);
  await database.run(`
    INSERT INTO user (user_id, username, username_key, display_name, created_at, updated_at)
      SELECT id, id, id, id, ${AT}, ${AT} FROM (SELECT u AS id FROM pair UNION ALL SELECT v FROM pair) both_sides
      ORDER BY id;
    INSERT INTO timeline (user_id, head)
      SELECT id, ${MESSAGES_PER_CONVERSATION}
      FROM (SELECT u AS id FROM pair UNION ALL SELECT v FROM pair) both_sides ORDER BY id;
    INSERT INTO conversation (conversation_id, type, last_seq, member_version, member_count, created_at)
      SELECT c, 'direct', ${MESSAGES_PER_CONVERSATION}, 1, 2, ${AT} FROM pair ORDER BY c;
    INSERT INTO member (conversation_id, user_id, peer_id, read_seq, joined_at)
      SELECT c, u, v, ${MESSAGES_PER_CONVERSATION}, ${AT} FROM pair UNION ALL
      SELECT c, v, u, ${MESSAGES_PER_CONVERSATION}, ${AT} FROM pair ORDER BY 1, 2`);
  const numbers = `seq_1_to_${MESSAGES_PER_CONVERSATION} s`;
  await database.run(
    `INSERT INTO message (conversation_id, seq, sender_id, receiver_id, client_message_id, content, sent_at)
       SELECT c, s.seq, IF(s.seq % 2, u, v), IF(s.seq % 2, v, u), UUID(), ?, ${AT}
       FROM pair JOIN ${numbers} ORDER BY c, s.seq`,
    [JSON.stringify({ kind: "text", text: BENCH_TEXT })],
  );
  await database.run(`
    INSERT INTO push_history (user_id, seq, type, conversation_id, message_seq, at)
      SELECT id, s.seq, 'message', c, s.seq, ${AT}
      FROM (SELECT u AS id, c FROM pair UNION ALL SELECT v, c FROM pair) both_sides JOIN ${numbers} ORDER BY id, s.seq`);
}

/** So many pairs of those who were filled in, spread evenly. */
export function pickPairs(database: BenchDatabase, messages: number, count: number): Promise<FilledPair[]> {
  const conversations = messages / MESSAGES_PER_CONVERSATION;
  const numbers = Array.from({ length: count }, (_, index) => Math.floor((index * conversations) / count));
  return database.rows<FilledPair>(
    `SELECT ${USER("n", "l")} AS \`left\`, ${USER("n", "r")} AS \`right\`,
       ${CONVERSATION(USER("n", "l"), USER("n", "r"))} AS conversationId
     FROM (${numbers.map((n) => `SELECT ${n} AS n`).join(" UNION ALL ")}) picked`,
  );
}

/** What the tables take on disk, in bytes, by table. */
export async function tableBytes(database: BenchDatabase, schema: string): Promise<Map<string, number>> {
  const rows = await database.rows<{ name: string; bytes: string }>(
    `SELECT table_name AS name, data_length + index_length AS bytes FROM information_schema.tables
     WHERE table_schema = '${schema}' AND table_name IN ('message', 'push_history')`,
  );
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}
