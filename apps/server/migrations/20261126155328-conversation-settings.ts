import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column member.notify: only in the models: integer, not null, default 0, compared as binary
 * column member.hidden_seq: only in the models: bigint, null, no default, compared as binary
 * column member.marked_unread: only in the models: tinyint(1), not null, default 0, compared as binary
 * column member.settings_version: only in the models: integer, not null, default 0, compared as binary
 * column member.draft_at: only in the models: datetime(3), null, no default, compared as binary
 * column member.muted: only in the migrated database: tinyint(1), not null, default 0, compared as binary
 * column member.hidden: only in the migrated database: tinyint(1), not null, default 0, compared as binary
 *
 * Nothing ever wrote `muted` and `hidden`: they go without a word.
 */
export const up: Migration = async ({ schema }) => {
  await schema.addColumn("member", "notify", { type: "INTEGER", default: 0 });
  await schema.addColumn("member", "hidden_seq", { type: "BIGINT", nullable: true });
  await schema.addColumn("member", "marked_unread", { type: "TINYINT(1)", default: 0 });
  await schema.addColumn("member", "settings_version", { type: "INTEGER", default: 0 });
  await schema.addColumn("member", "draft_at", { type: "DATETIME(3)", nullable: true });
  await schema.dropColumn("member", "muted");
  await schema.dropColumn("member", "hidden");
};
