import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * table mail_address: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("mail_address", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      address: { type: "VARCHAR(254)" },
      confirmed_at: { type: "DATETIME(3)", nullable: true },
      code_hash: { type: "CHAR(64)", nullable: true },
      code_expires_at: { type: "DATETIME(3)", nullable: true },
      code_tries: { type: "INTEGER", default: 0 },
      is_on: { type: "TINYINT(1)", default: 0 },
      hours: { type: "INTEGER", default: 24 },
      hide_content: { type: "TINYINT(1)", default: 0 },
      language: { type: "VARCHAR(8)" },
      told_at: { type: "DATETIME(3)", nullable: true },
      look_at: { type: "DATETIME(3)" },
      failures: { type: "INTEGER", default: 0 },
    },
    primaryKey: ["user_id"],
    indexes: { mail_address_look: { columns: ["is_on", "look_at"] } },
    checks: {},
  });
};
