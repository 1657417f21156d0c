import type { ConversationId, Seq, UserId } from "@im-webapp/protocol";
import type { Sql } from "../../../app/repository/sql.ts";

/** A row of a timeline, as it is stored. */
export interface TimelineRow {
  readonly userId: UserId;
  readonly seq: Seq;
  readonly type: string;
  readonly conversationId: ConversationId;
  readonly messageSeq: Seq | null;
}

/** Keeps what was in the timelines before they are trimmed, so that all of it can be looked at in the end. */
export class Archive {
  readonly #sql: Sql;
  readonly #rows = new Map<string, TimelineRow>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Notes all that is in the timelines now. */
  async keep(): Promise<void> {
    const rows = await this.#sql.select<TimelineRow>(
      `SELECT user_id AS userId, seq, type, conversation_id AS conversationId, message_seq AS messageSeq
       FROM push_history ORDER BY user_id, seq`,
      {},
    );
    for (const row of rows) this.#rows.set(`${row.userId} ${row.seq}`, row);
  }

  /** Everything that was ever in a user's timeline, ascending. */
  of(userId: UserId): TimelineRow[] {
    return [...this.#rows.values()].filter((row) => row.userId === userId).toSorted((a, b) => a.seq - b.seq);
  }
}
