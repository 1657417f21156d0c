import type { ConversationId } from "@im-webapp/protocol";
import type { MembershipReader } from "../core/delivery/ports.ts";
import { Membership } from "../core/timeline/membership.ts";
import { MEMBER_SELECT, type MemberRow, toMember } from "./member-row.ts";
import type { Sql } from "./sql.ts";

/** Reads who is in a conversation, on SQL. */
export class SqlMembershipReader implements MembershipReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async read(conversationId: ConversationId): Promise<Membership> {
    const version = await this.#version(conversationId);
    const rows = await this.#sql.select<MemberRow>(
      `SELECT ${MEMBER_SELECT} FROM member p WHERE p.conversation_id = :conversationId`,
      { conversationId },
    );
    // The rows are at least as new as the version read before them; an older number only makes them be read again.
    return new Membership(
      version,
      rows.map((row) => toMember(row, this.#sql.clock)),
    );
  }

  async #version(conversationId: ConversationId): Promise<number> {
    const [row] = await this.#sql.select<{ member_version: number }>(
      "SELECT member_version FROM conversation WHERE conversation_id = :conversationId",
      { conversationId },
    );
    return row?.member_version ?? 0;
  }
}
