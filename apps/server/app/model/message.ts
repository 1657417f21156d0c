import type {
  Content,
  ConversationId,
  EpochMs,
  GroupId,
  Message as WireMessage,
  Seq,
  UserId,
} from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** The message store: one row per message, kept for ever. */
export function defineMessage(sequelize: Sequelize, column: Columns) {
  class Message extends Table<InferAttributes<Message>, InferCreationAttributes<Message>> {
    static override readonly checks = {
      message_target:
        "sender_id = 'system' OR (receiver_id IS NULL AND group_id IS NOT NULL) OR (receiver_id IS NOT NULL AND group_id IS NULL)",
    };

    declare conversationId: ConversationId;
    declare seq: Seq;
    declare senderId: UserId;
    /** The other one, for a direct message. */
    declare receiverId: CreationOptional<UserId | null>;
    /** The group, for a group message. */
    declare groupId: CreationOptional<GroupId | null>;
    /** With the sender it names the message for ever. */
    declare clientMessageId: string;
    declare content: Content;
    declare version: CreationOptional<number>;
    declare replyTo: CreationOptional<Seq | null>;
    declare mentions: CreationOptional<WireMessage["mentions"] | null>;
    declare reactions: CreationOptional<WireMessage["reactions"] | null>;
    /** The conversation's `changeSeq` at the last change; 0 for a message as it was sent. */
    declare changeSeq: CreationOptional<Seq>;
    declare sentAt: EpochMs;
    declare editedAt: CreationOptional<EpochMs | null>;
    declare recalledAt: CreationOptional<EpochMs | null>;
  }
  Message.init(
    {
      conversationId: { ...column.id(), primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
      senderId: column.id(),
      receiverId: column.optionalId(),
      groupId: column.optionalId(),
      clientMessageId: { type: DataTypes.STRING(64), allowNull: false },
      content: { type: DataTypes.JSON, allowNull: false },
      version: column.integer(1),
      replyTo: column.optionalSeq(),
      mentions: { type: DataTypes.JSON, allowNull: true },
      reactions: { type: DataTypes.JSON, allowNull: true },
      changeSeq: column.seq(),
      sentAt: column.time(),
      editedAt: column.optionalTime(),
      recalledAt: column.optionalTime(),
    },
    {
      sequelize,
      tableName: "message",
      indexes: [
        { name: "message_sender_client_message_id", unique: true, fields: ["sender_id", "client_message_id"] },
        { name: "message_conversation_id_change_seq", fields: ["conversation_id", "change_seq"] },
      ],
    },
  );
  return Message;
}
