import type { Application, EpochMs, UserId } from "@im-webapp/protocol";
import type { ApplicationReader } from "../core/applications/application-reader.ts";
import type { StoredApplication } from "../core/timeline/relations.ts";
import { APPLICATION_SELECT, type ApplicationRow, toStoredApplication } from "./application-row.ts";
import type { Sql } from "./sql.ts";

/** Whose applications a user sees: their own, those made to them, and those made to groups that they administer. */
const VISIBLE = [
  "a.applicant_id = :userId",
  "a.type = 'friend' AND a.target_id = :userId AND a.withheld = 0",
  `a.type = 'group' AND a.target_id IN (
     SELECT g.group_id FROM member p JOIN \`group\` g ON g.conversation_id = p.conversation_id
     WHERE p.user_id = :userId AND p.left_seq IS NULL AND p.role > 0)`,
];

/** Reads applications, on SQL. */
export class SqlApplicationReader implements ApplicationReader {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(applicationId: string): Promise<StoredApplication | undefined> {
    const [row] = await this.#sql.select<ApplicationRow>(
      `SELECT ${APPLICATION_SELECT} FROM application a WHERE a.application_id = :applicationId`,
      { applicationId },
    );
    return row && toStoredApplication(row, this.#sql.clock);
  }

  async list(
    userId: UserId,
    before: { readonly updatedAt: EpochMs; readonly applicationId: string } | undefined,
    limit: number,
  ): Promise<Application[]> {
    const place = before
      ? "AND (a.updated_at < :updatedAt OR (a.updated_at = :updatedAt AND a.application_id < :applicationId))"
      : "";
    const order = "ORDER BY updated_at DESC, application_id DESC LIMIT :limit";
    // Each part reads its own index in order; together they are sorted once more.
    const parts = VISIBLE.map(
      (condition, part) =>
        `SELECT * FROM (SELECT ${APPLICATION_SELECT} FROM application a WHERE (${condition}) ${place} ${order}) part${part}`,
    );
    const rows = await this.#sql.select<ApplicationRow>(`${parts.join(" UNION ")} ${order}`, {
      userId,
      limit,
      ...(before && {
        updatedAt: this.#sql.clock.toColumn(before.updatedAt),
        applicationId: before.applicationId,
      }),
    });
    return rows.map((row) => toStoredApplication(row, this.#sql.clock).application);
  }
}
