import type { Contact, UserId } from "@im-webapp/protocol";
import type { ContactReader } from "../core/contacts/contact-reader.ts";
import type { Sql } from "./sql.ts";

interface ContactRow {
  peer_id: UserId;
  alias: string | null;
  favourite: number | null;
  since: string | null;
  is_blocked: number;
}

/** Reads contacts and blocks, on SQL. */
export class SqlContactReader implements ContactReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async contacts(userId: UserId, after: UserId, limit: number): Promise<Contact[]> {
    const rows = await this.#sql.select<ContactRow>(
      `SELECT c.contact_id AS peer_id, c.alias, c.favourite, c.since, b.user_id IS NOT NULL AS is_blocked
       FROM contact c LEFT JOIN block b ON b.user_id = c.user_id AND b.blocked_id = c.contact_id
       WHERE c.user_id = :userId AND c.contact_id > :after ORDER BY c.contact_id LIMIT :limit`,
      { userId, after, limit },
    );
    return rows.map((row) => this.#toContact(row));
  }

  async blocked(userId: UserId, after: UserId, limit: number): Promise<Contact[]> {
    const rows = await this.#sql.select<ContactRow>(
      `SELECT b.blocked_id AS peer_id, c.alias, c.favourite, c.since, 1 AS is_blocked
       FROM block b LEFT JOIN contact c ON c.user_id = b.user_id AND c.contact_id = b.blocked_id
       WHERE b.user_id = :userId AND b.blocked_id > :after ORDER BY b.blocked_id LIMIT :limit`,
      { userId, after, limit },
    );
    return rows.map((row) => this.#toContact(row));
  }

  async blockersOf(userId: UserId, others: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    if (others.length === 0) return new Set();
    const rows = await this.#sql.select<{ user_id: UserId }>(
      "SELECT user_id FROM block WHERE user_id IN (:others) AND blocked_id = :userId",
      { userId, others },
    );
    return new Set(rows.map((row) => row.user_id));
  }

  #toContact(row: ContactRow): Contact {
    return {
      userId: row.peer_id,
      ...(row.since !== null && { since: this.#sql.clock.fromColumn(row.since) }),
      ...(row.alias !== null && { alias: row.alias }),
      favourite: row.favourite === 1,
      blocked: row.is_blocked !== 0,
    };
  }
}
