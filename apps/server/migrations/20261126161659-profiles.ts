import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column user.gender: only in the models: varchar(8), null, no default, compared as binary
 * column user.description: only in the models: varchar(200), null, no default, compared as binary
 * column user.hide_name: only in the models: tinyint(1), not null, default 0, compared as binary
 * column user.hide_phone: only in the models: tinyint(1), not null, default 0, compared as binary
 */
export const up: Migration = async ({ schema }) => {
  await schema.addColumn("user", "gender", { type: "VARCHAR(8)", nullable: true });
  await schema.addColumn("user", "description", { type: "VARCHAR(200)", nullable: true });
  await schema.addColumn("user", "hide_name", { type: "TINYINT(1)", default: 0 });
  await schema.addColumn("user", "hide_phone", { type: "TINYINT(1)", default: 0 });
};
