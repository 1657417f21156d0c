import type { Migration } from "../app/infra/database/migration/migration.ts";

/**
 * column conversation.large: only in the models: tinyint(1), not null, default 0, compared as binary
 * index conversation.conversation_large: only in the models: (large)
 */
export const up: Migration = async ({ schema }) => {
  await schema.addColumn("conversation", "large", { type: "TINYINT(1)", default: 0 });
  await schema.addIndex("conversation", "conversation_large", { columns: ["large"] });
};
