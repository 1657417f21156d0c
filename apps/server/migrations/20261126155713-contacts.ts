import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * table application: only in the models
 * table block: only in the models
 * table contact: only in the models
 */
export const up: Migration = async ({ schema }) => {
  await schema.createTable("application", {
    columns: {
      application_id: { type: "VARCHAR(64)" },
      type: { type: "VARCHAR(16)" },
      target_id: { type: "VARCHAR(64)" },
      applicant_id: { type: "VARCHAR(64)", nullable: true },
      description: { type: "VARCHAR(200)" },
      status: { type: "VARCHAR(16)" },
      withheld: { type: "TINYINT(1)", default: 0 },
      answered_by: { type: "VARCHAR(64)", nullable: true },
      created_at: { type: "DATETIME(3)" },
      updated_at: { type: "DATETIME(3)" },
      expires_at: { type: "DATETIME(3)" },
    },
    primaryKey: ["application_id"],
    indexes: {
      application_target_id: { columns: ["target_id", "updated_at", "application_id"] },
      application_applicant_id: { columns: ["applicant_id", "updated_at", "application_id"] },
    },
    checks: {},
  });
  await schema.createTable("block", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      blocked_id: { type: "VARCHAR(64)" },
      conversation_id: { type: "VARCHAR(64)" },
      since: { type: "DATETIME(3)" },
    },
    primaryKey: ["user_id", "blocked_id"],
    indexes: { block_conversation_id: { columns: ["conversation_id"] } },
    checks: {},
  });
  await schema.createTable("contact", {
    columns: {
      user_id: { type: "VARCHAR(64)" },
      contact_id: { type: "VARCHAR(64)" },
      conversation_id: { type: "VARCHAR(64)" },
      alias: { type: "VARCHAR(64)", nullable: true },
      favourite: { type: "TINYINT(1)", default: 0 },
      since: { type: "DATETIME(3)" },
    },
    primaryKey: ["user_id", "contact_id"],
    indexes: { contact_conversation_id: { columns: ["conversation_id"] } },
    checks: {},
  });
};
