import type { ConversationId, ConversationType, EpochMs, Seq } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** What is the same for everybody in a conversation. Its row is the lock that orders the messages. */
export function defineConversation(sequelize: Sequelize, column: Columns) {
  class Conversation extends Table<InferAttributes<Conversation>, InferCreationAttributes<Conversation>> {
    declare conversationId: ConversationId;
    declare type: ConversationType;
    /** `seq` of the newest message. */
    declare lastSeq: CreationOptional<Seq>;
    /** Counts the changes of messages. */
    declare changeSeq: CreationOptional<Seq>;
    /** Rises with every change of membership. */
    declare memberVersion: CreationOptional<number>;
    /** Rises with every change of the group's own row. */
    declare groupVersion: CreationOptional<number>;
    /** Above the fan-out threshold: read from the conversation itself, not from each member's timeline. */
    declare large: CreationOptional<boolean>;
    declare memberCount: CreationOptional<number>;
    /** The pinned messages, and where it was said. */
    declare pins: CreationOptional<{ at: Seq; seqs: Seq[] } | null>;
    declare createdAt: EpochMs;
  }
  Conversation.init(
    {
      conversationId: { ...column.id(), primaryKey: true },
      type: { type: DataTypes.STRING(16), allowNull: false },
      lastSeq: column.seq(),
      changeSeq: column.seq(),
      memberVersion: column.seq(),
      groupVersion: column.seq(),
      memberCount: column.integer(0),
      large: column.flag(),
      pins: { type: DataTypes.JSON, allowNull: true },
      createdAt: column.time(),
    },
    {
      sequelize,
      tableName: "conversation",
      indexes: [{ name: "conversation_large", fields: ["large"] }],
    },
  );
  return Conversation;
}
