import type { Application, Contact, ConversationId, DeviceId, EpochMs, Seq, User, UserId } from "@im-webapp/protocol";
import { deletedCopy } from "../core/messages/deleted-message.ts";
import { goneUser } from "../core/people/user-directory.ts";
import type { StoredEntry, TimelineReader } from "../core/timeline/timeline-reader.ts";
import { Gather } from "./gather.ts";
import { MESSAGE_SELECT, type MessageRow, messageText, toMessage } from "./message-row.ts";
import { type JsonText, type Sql, fromJson } from "./sql.ts";
import { USER_SELECT, type UserRow, toUser } from "./user-row.ts";

/** A row of `push_history` with the message that it refers to; the columns that only one type of entry has. */
type EntryRow = MessageRow & { entry_seq: Seq; entry_conversation_id: ConversationId; at: string } & (
    | { type: "message" | "message:update" | "conversation"; payload: string | null }
    | { type: "read"; payload: JsonText<{ readSeq: Seq; unread: number }> }
    | { type: "contact"; payload: JsonText<{ contact: Contact } | { application: Application }> }
    | { type: "receipt"; payload: JsonText<{ userId: UserId; readSeq: Seq }> }
    | { type: "user"; payload: JsonText<{ userId: UserId }> }
  );

interface Bounds {
  readonly head: Seq;
  readonly trimmed: Seq;
}

/** The sync store, read side, on SQL. */
export class SqlTimelineReader implements TimelineReader {
  readonly #sql: Sql;
  /** Asked for by every connect and every pull. */
  readonly #bounds: Gather<UserId, Bounds>;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#bounds = new Gather((userIds) => this.#boundsOf(userIds));
  }

  bounds(userId: UserId): Promise<Bounds> {
    return this.#bounds.load(userId);
  }

  async heads(userIds: readonly UserId[]): Promise<Map<UserId, Seq>> {
    const rows = await this.#sql.select<{ user_id: UserId; head: Seq }>(
      "SELECT user_id, head FROM timeline WHERE user_id IN (:userIds)",
      { userIds },
    );
    return new Map(rows.map((row) => [row.user_id, row.head]));
  }

  async after(userId: UserId, cursor: Seq, limit: number): Promise<StoredEntry[]> {
    const rows = await this.#sql.select<EntryRow>(
      `SELECT h.seq AS entry_seq, h.type, h.conversation_id AS entry_conversation_id, h.payload, h.at, ${MESSAGE_SELECT}
       FROM push_history h
       LEFT JOIN message m ON m.conversation_id = h.conversation_id AND m.seq = h.message_seq
       WHERE h.user_id = :userId AND h.seq > :cursor ORDER BY h.seq LIMIT :limit`,
      { userId, cursor, limit },
    );
    const users = await this.#profiles(rows);
    return rows.map((row) => this.#toEntry(row, users));
  }

  /** Of those whom entries of type `user` are about, as they are now. */
  async #profiles(rows: readonly EntryRow[]): Promise<ReadonlyMap<UserId, User>> {
    const userIds = rows.flatMap((row) => (row.type === "user" ? [fromJson(row.payload).userId] : []));
    if (userIds.length === 0) return new Map();
    const found = await this.#sql.select<UserRow>(
      `SELECT ${USER_SELECT} FROM \`user\` u WHERE u.user_id IN (:userIds)`,
      { userIds },
    );
    return new Map(found.map((row) => [row.user_id, toUser(row)]));
  }

  async saveCursor(userId: UserId, deviceId: DeviceId, cursor: Seq, at: EpochMs): Promise<void> {
    await this.#sql.run(
      `UPDATE device SET cursor_seq = :cursor, last_seen_at = :at, last_received_at = :at
       WHERE user_id = :userId AND device_id = :deviceId AND cursor_seq < :cursor`,
      { userId, deviceId, cursor, at: this.#sql.clock.toColumn(at) },
    );
  }

  async #boundsOf(userIds: readonly UserId[]): Promise<(userId: UserId) => Bounds> {
    const rows = await this.#sql.select<Bounds & { user_id: UserId }>(
      "SELECT user_id, head, trimmed FROM timeline WHERE user_id IN (:userIds)",
      { userIds },
    );
    const found = new Map(rows.map(({ user_id, head, trimmed }) => [user_id, { head, trimmed }]));
    return (userId) => found.get(userId) ?? { head: 0, trimmed: 0 };
  }

  #toEntry(row: EntryRow, users: ReadonlyMap<UserId, User>): StoredEntry {
    const { entry_seq: seq, type } = row;
    const at = this.#sql.clock.fromColumn(row.at);
    if (type === "message:update" && row.payload !== null) {
      const message = JSON.stringify(deletedCopy(toMessage(row, this.#sql.clock)));
      return { seq, json: `{"seq":${seq},"at":${at},"type":"${type}","message":${message}}` };
    }
    if (type === "conversation") return { seq, at, conversationId: row.entry_conversation_id };
    if (type === "user") {
      const { userId } = fromJson(row.payload);
      const user = users.get(userId) ?? goneUser(userId);
      return { seq, json: JSON.stringify({ seq, at, type, user }) };
    }
    if (type === "contact") return { seq, json: `{"seq":${seq},"at":${at},"type":"contact",${row.payload.slice(1)}` };
    const what =
      type === "read" || type === "receipt"
        ? `"conversationId":"${row.entry_conversation_id}",${row.payload.slice(1)}`
        : `"message":${messageText(row, this.#sql.clock)}}`;
    return { seq, json: `{"seq":${seq},"at":${at},"type":"${type}",${what}` };
  }
}
