import type { ConversationId, EpochMs, GroupId, JoinPolicy, UserId, WhoMayAdd } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A group: what a group conversation has besides messages and members. */
export function defineGroup(sequelize: Sequelize, column: Columns) {
  class Group extends Table<InferAttributes<Group>, InferCreationAttributes<Group>> {
    declare groupId: GroupId;
    declare conversationId: ConversationId;
    declare name: string;
    /** What the picture's upload gave; null: a mosaic of the members. */
    declare avatar: CreationOptional<string | null>;
    declare description: CreationOptional<string>;
    declare announcement: CreationOptional<string | null>;
    declare announcedBy: CreationOptional<UserId | null>;
    declare announcedAt: CreationOptional<EpochMs | null>;
    declare ownerId: UserId;
    declare joinPolicy: CreationOptional<JoinPolicy>;
    declare whoMayAdd: CreationOptional<WhoMayAdd>;
    declare historyVisible: CreationOptional<boolean>;
    declare mutedAll: CreationOptional<boolean>;
    declare dissolvedAt: CreationOptional<EpochMs | null>;
    declare createdAt: EpochMs;
    declare updatedAt: EpochMs;
  }
  Group.init(
    {
      groupId: { ...column.id(), primaryKey: true },
      conversationId: column.id(),
      name: { type: DataTypes.STRING(64), allowNull: false },
      avatar: { type: DataTypes.STRING(255), allowNull: true },
      description: { type: DataTypes.STRING(500), allowNull: false, defaultValue: "" },
      announcement: { type: DataTypes.TEXT, allowNull: true },
      announcedBy: column.optionalId(),
      announcedAt: column.optionalTime(),
      ownerId: column.id(),
      joinPolicy: { type: DataTypes.STRING(16), allowNull: false, defaultValue: "invite" },
      whoMayAdd: { type: DataTypes.STRING(16), allowNull: false, defaultValue: "members" },
      historyVisible: column.flag(),
      mutedAll: column.flag(),
      dissolvedAt: column.optionalTime(),
      createdAt: column.time(),
      updatedAt: column.time(),
    },
    {
      sequelize,
      tableName: "group",
      indexes: [{ name: "group_conversation_id", unique: true, fields: ["conversation_id"] }],
    },
  );
  return Group;
}
