import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column device.signed_in_at: only in the models: datetime(3), null, no default, compared as binary
 * column device.last_received_at: only in the models: datetime(3), null, no default, compared as binary
 * column device.push_id: only in the models: varchar(512), null, no default, compared as binary
 * table identity: only in the models
 * table recovery_code: only in the models
 * table ticket: only in the models
 * table totp: only in the models
 * column user.deleted_at: only in the models: datetime(3), null, no default, compared as binary
 * column user.erased_at: only in the models: datetime(3), null, no default, compared as binary
 * index user.user_deleted_at: only in the models: (deleted_at)
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("identity", {
    columns: {
      identity_key: { type: "CHAR(64)" },
      user_id: { type: "VARCHAR(64)" },
      issuer: { type: "VARCHAR(512)" },
      subject: { type: "VARCHAR(255)" },
      created_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["identity_key"],
    indexes: { identity_user_id: { columns: ["user_id"] } },
    checks: {},
  });
  await schema.createTable("recovery_code", {
    columns: { user_id: { type: "VARCHAR(64)" }, code_hash: { type: "CHAR(64)" }, created_at: { type: "DATETIME(3)" } },
    primaryKey: ["user_id", "code_hash"],
    indexes: {},
    checks: {},
  });
  await schema.createTable("ticket", {
    columns: { ticket_hash: { type: "CHAR(64)" }, payload: { type: "JSON" }, expires_at: { type: "DATETIME(3)" } },
    primaryKey: ["ticket_hash"],
    indexes: { ticket_expires_at: { columns: ["expires_at"] } },
    checks: {},
  });
  await schema.createTable("totp", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      secret: { type: "VARCHAR(255)" },
      last_step: { type: "BIGINT", default: 0 },
      confirmed_at: { type: "DATETIME(3)", nullable: true },
      created_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["user_id"],
    indexes: {},
    checks: {},
  });
  await schema.addColumn("device", "signed_in_at", { type: "DATETIME(3)", nullable: true });
  await schema.addColumn("device", "last_received_at", { type: "DATETIME(3)", nullable: true });
  await schema.addColumn("device", "push_id", { type: "VARCHAR(512)", nullable: true });
  await schema.addColumn("user", "deleted_at", { type: "DATETIME(3)", nullable: true });
  await schema.addColumn("user", "erased_at", { type: "DATETIME(3)", nullable: true });
  await schema.addIndex("user", "user_deleted_at", { columns: ["deleted_at"] });
};
