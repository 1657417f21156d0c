import type { Content, ConversationId, EpochMs, Seq } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** What a message said in a version before an edit. A recall removes all of a message's rows. */
export function defineEarlierText(sequelize: Sequelize, column: Columns) {
  class EarlierText extends Table<InferAttributes<EarlierText>, InferCreationAttributes<EarlierText>> {
    declare conversationId: ConversationId;
    declare seq: Seq;
    declare version: number;
    declare content: Content;
    /** When the message began to say so. */
    declare writtenAt: EpochMs;
  }
  EarlierText.init(
    {
      conversationId: { ...column.id(), primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
      version: { type: DataTypes.INTEGER, allowNull: false, primaryKey: true },
      content: { type: DataTypes.JSON, allowNull: false },
      writtenAt: column.time(),
    },
    { sequelize, tableName: "earlier_text" },
  );
  return EarlierText;
}
