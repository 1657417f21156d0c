import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * table push_subscription: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("push_subscription", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      device_id: { type: "VARCHAR(64)" },
      session_id: { type: "VARCHAR(64)" },
      endpoint: { type: "VARCHAR(1024)" },
      p256dh: { type: "VARCHAR(128)" },
      auth: { type: "VARCHAR(64)" },
      hide_content: { type: "TINYINT(1)", default: 0 },
      quiet_from: { type: "INTEGER", nullable: true },
      quiet_to: { type: "INTEGER", nullable: true },
      clock_offset: { type: "INTEGER", default: 0 },
      created_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["user_id", "device_id"],
    indexes: {},
    checks: {},
  });
};
