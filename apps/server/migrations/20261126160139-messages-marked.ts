import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column conversation.pins: only in the models: json, null, no default, compared as binary
 * table deletion: only in the models
 * table earlier_text: only in the models
 * table star: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("deletion", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      conversation_id: { type: "VARCHAR(64)" },
      seq: { type: "BIGINT" },
      deleted_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["user_id", "conversation_id", "seq"],
    indexes: {},
    checks: {},
  });
  await schema.createTable("earlier_text", {
    columns: {
      conversation_id: { type: "VARCHAR(64)" },
      seq: { type: "BIGINT" },
      version: { type: "INTEGER" },
      content: { type: "JSON" },
      written_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["conversation_id", "seq", "version"],
    indexes: {},
    checks: {},
  });
  await schema.createTable("star", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      conversation_id: { type: "VARCHAR(64)" },
      seq: { type: "BIGINT" },
      starred_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["user_id", "conversation_id", "seq"],
    indexes: { star_user_id_starred_at: { columns: ["user_id", "starred_at"] } },
    checks: {},
  });
  await schema.addColumn("conversation", "pins", { type: "JSON", nullable: true });
};
