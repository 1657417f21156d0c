import type { ConversationId, Seq, UserId } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/**
 * Whom messages name, so that a user's unread mentions are found without reading the messages: one row for each user
 * named, or a single one for everybody, in a group of any size.
 */
export function defineMention(sequelize: Sequelize, column: Columns) {
  class Mention extends Table<InferAttributes<Mention>, InferCreationAttributes<Mention>> {
    declare conversationId: ConversationId;
    /** Empty for everybody. */
    declare userId: UserId;
    declare seq: Seq;
  }
  Mention.init(
    {
      conversationId: { ...column.id(), primaryKey: true },
      userId: { type: DataTypes.STRING(64), allowNull: false, primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
    },
    { sequelize, tableName: "mention" },
  );
  return Mention;
}
