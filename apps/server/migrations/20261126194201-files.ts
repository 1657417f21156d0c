import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * table file: only in the models
 * table file_use: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("file", {
    columns: {
      file_id: { type: "VARCHAR(64)" },
      uploader_id: { type: "VARCHAR(64)" },
      name: { type: "VARCHAR(255)" },
      size: { type: "BIGINT" },
      mime: { type: "VARCHAR(127)" },
      kind: { type: "VARCHAR(16)" },
      width: { type: "INTEGER", nullable: true },
      height: { type: "INTEGER", nullable: true },
      blurhash: { type: "VARCHAR(64)", nullable: true },
      animated: { type: "TINYINT(1)", default: 0 },
      created_at: { type: "DATETIME(3)" },
      removable_at: { type: "DATETIME(3)", nullable: true },
    },
    primaryKey: ["file_id"],
    indexes: {
      file_uploader_id_size: { columns: ["uploader_id", "size"] },
      file_removable_at: { columns: ["removable_at"] },
    },
    checks: {},
  });
  await schema.createTable("file_use", {
    columns: { file_id: { type: "VARCHAR(64)" }, conversation_id: { type: "VARCHAR(64)" }, seq: { type: "BIGINT" } },
    primaryKey: ["file_id", "conversation_id", "seq"],
    indexes: { file_use_conversation_id_seq: { columns: ["conversation_id", "seq"] } },
    checks: {},
  });
};
