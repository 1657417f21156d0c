import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column application.proposer_id: only in the models: varchar(64), null, no default, compared as binary
 * table invitation: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("invitation", {
    columns: {
      token: { type: "VARCHAR(64)" },
      group_id: { type: "VARCHAR(64)" },
      created_by: { type: "VARCHAR(64)" },
      created_at: { type: "DATETIME(3)" },
      expires_at: { type: "DATETIME(3)", nullable: true },
      max_uses: { type: "INTEGER", nullable: true },
      uses: { type: "INTEGER", default: 0 },
      revoked_at: { type: "DATETIME(3)", nullable: true },
    },
    primaryKey: ["token"],
    indexes: { invitation_group_id_created_at: { columns: ["group_id", "created_at", "token"] } },
    checks: {},
  });
  await schema.addColumn("application", "proposer_id", { type: "VARCHAR(64)", nullable: true });
};
