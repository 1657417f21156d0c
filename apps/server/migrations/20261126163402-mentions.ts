import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * table mention: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("mention", {
    columns: { conversation_id: { type: "VARCHAR(64)" }, user_id: { type: "VARCHAR(64)" }, seq: { type: "BIGINT" } },
    primaryKey: ["conversation_id", "user_id", "seq"],
    indexes: {},
    checks: {},
  });
};
