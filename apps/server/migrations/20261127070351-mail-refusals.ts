import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column mail_address.refusals: only in the models: integer, not null, default 0, compared as binary
 */
export const up: Migration = async ({ schema }) => {
  await schema.addColumn("mail_address", "refusals", { type: "INTEGER", default: 0 });
};
