import type { ConversationId, EntryType, EpochMs, Seq, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** The sync store: one row for everything that a user should receive. It refers to messages and never copies them. */
export function definePushHistory(sequelize: Sequelize, column: Columns) {
  class PushHistory extends Table<InferAttributes<PushHistory>, InferCreationAttributes<PushHistory>> {
    declare userId: UserId;
    declare seq: Seq;
    declare type: EntryType;
    declare conversationId: CreationOptional<ConversationId | null>;
    declare messageSeq: CreationOptional<Seq | null>;
    /** The small values of an entry that is not a message. */
    declare payload: CreationOptional<Record<string, unknown> | null>;
    declare at: EpochMs;
  }
  PushHistory.init(
    {
      userId: { ...column.id(), primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
      type: { type: DataTypes.STRING(16), allowNull: false },
      conversationId: column.optionalId(),
      messageSeq: column.optionalSeq(),
      payload: { type: DataTypes.JSON, allowNull: true },
      at: column.time(),
    },
    { sequelize, tableName: "push_history" },
  );
  return PushHistory;
}
