import type { ConversationId, EpochMs, Seq, UserId } from "@im-webapp/protocol";
import type { InferAttributes, InferCreationAttributes, Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A message that a user has deleted for themself. The message stays, for the others. */
export function defineDeletion(sequelize: Sequelize, column: Columns) {
  class Deletion extends Table<InferAttributes<Deletion>, InferCreationAttributes<Deletion>> {
    declare userId: UserId;
    declare conversationId: ConversationId;
    declare seq: Seq;
    declare deletedAt: EpochMs;
  }
  Deletion.init(
    {
      userId: { ...column.id(), primaryKey: true },
      conversationId: { ...column.id(), primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
      deletedAt: column.time(),
    },
    { sequelize, tableName: "deletion" },
  );
  return Deletion;
}
