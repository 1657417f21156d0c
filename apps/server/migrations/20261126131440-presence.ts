import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column user.hide_presence: only in the models: tinyint(1), not null, default 0, compared as binary
 * column user.last_seen_at: only in the models: datetime(3), null, no default, compared as binary
 */
export const up: Migration = async ({ schema }) => {
  await schema.addColumn("user", "hide_presence", { type: "TINYINT(1)", default: 0 });
  await schema.addColumn("user", "last_seen_at", { type: "DATETIME(3)", nullable: true });
};
