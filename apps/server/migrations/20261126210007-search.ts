import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * table search_position: only in the models
 * table search_posting: only in the models
 * table search_segment: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("search_position", {
    columns: {
      conversation_id: { type: "VARCHAR(64)" },
      seq: { type: "BIGINT", default: 0 },
      change_seq: { type: "BIGINT", default: 0 },
    },
    primaryKey: ["conversation_id"],
    indexes: {},
    checks: {},
  });
  await schema.createTable("search_posting", {
    columns: { segment_id: { type: "INTEGER" }, bucket: { type: "INTEGER" }, postings: { type: "MEDIUMBLOB" } },
    primaryKey: ["segment_id", "bucket"],
    indexes: {},
    checks: {},
  });
  await schema.createTable("search_segment", {
    columns: {
      segment_id: { type: "INTEGER" },
      size: { type: "INTEGER", default: 0 },
      first_at: { type: "DATETIME(3)" },
      last_at: { type: "DATETIME(3)" },
      runs: { type: "MEDIUMBLOB" },
    },
    primaryKey: ["segment_id"],
    indexes: {},
    checks: {},
  });
};
