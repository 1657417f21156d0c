import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column conversation.group_version: only in the models: bigint, not null, default 0, compared as binary
 * column group.avatar: only in the models: varchar(255), null, no default, compared as binary
 * column group.description: only in the models: varchar(500), not null, default "", compared as binary
 * column group.announcement: only in the models: text, null, no default, compared as binary
 * column group.announced_by: only in the models: varchar(64), null, no default, compared as binary
 * column group.announced_at: only in the models: datetime(3), null, no default, compared as binary
 * column group.join_policy: only in the models: varchar(16), not null, default "invite", compared as binary
 * column group.who_may_add: only in the models: varchar(16), not null, default "members", compared as binary
 * column group.history_visible: only in the models: tinyint(1), not null, default 0, compared as binary
 * column group.muted_all: only in the models: tinyint(1), not null, default 0, compared as binary
 * column group.dissolved_at: only in the models: datetime(3), null, no default, compared as binary
 * column member.alias: only in the models: varchar(64), null, no default, compared as nocase
 * column member.muted_until: only in the models: datetime(3), null, no default, compared as binary
 * column member.announcement_read_at: only in the models: datetime(3), null, no default, compared as binary
 * index member.member_conversation_id_alias: only in the models: (conversation_id, alias)
 * index member.member_conversation_id_role_user_id: only in the models: (conversation_id, role, user_id)
 */
export const up: Migration = async ({ schema }) => {
  await schema.addColumn("conversation", "group_version", { type: "BIGINT", default: 0 });
  await schema.addColumn("group", "avatar", { type: "VARCHAR(255)", nullable: true });
  await schema.addColumn("group", "description", { type: "VARCHAR(500)", default: "" });
  await schema.addColumn("group", "announcement", { type: "TEXT", nullable: true });
  await schema.addColumn("group", "announced_by", { type: "VARCHAR(64)", nullable: true });
  await schema.addColumn("group", "announced_at", { type: "DATETIME(3)", nullable: true });
  await schema.addColumn("group", "join_policy", { type: "VARCHAR(16)", default: "invite" });
  await schema.addColumn("group", "who_may_add", { type: "VARCHAR(16)", default: "members" });
  await schema.addColumn("group", "history_visible", { type: "TINYINT(1)", default: 0 });
  await schema.addColumn("group", "muted_all", { type: "TINYINT(1)", default: 0 });
  await schema.addColumn("group", "dissolved_at", { type: "DATETIME(3)", nullable: true });
  await schema.addColumn("member", "alias", { type: "VARCHAR(64)", nullable: true, caseInsensitive: true });
  await schema.addColumn("member", "muted_until", { type: "DATETIME(3)", nullable: true });
  await schema.addColumn("member", "announcement_read_at", { type: "DATETIME(3)", nullable: true });
  await schema.addIndex("member", "member_conversation_id_alias", { columns: ["conversation_id", "alias"] });
  await schema.addIndex("member", "member_conversation_id_role_user_id", {
    columns: ["conversation_id", "role", "user_id"],
  });
};
