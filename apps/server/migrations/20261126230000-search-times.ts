import type { Migration } from "../app/infra/database/migration/migration.ts";

/** The index tells of each message when it was sent: it is emptied, and the servers make it anew. */
export const up: Migration = async (context) => {
  for (const table of ["search_position", "search_posting", "search_segment"])
    await context.sql(`DELETE FROM ${table}`);
};
