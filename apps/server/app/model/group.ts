import type { ConversationId, EpochMs, GroupId, UserId } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A group: what a group conversation has besides messages and members. */
export function defineGroup(sequelize: Sequelize, column: Columns) {
  class Group extends Table<InferAttributes<Group>, InferCreationAttributes<Group>> {
    declare groupId: GroupId;
    declare conversationId: ConversationId;
    declare name: string;
    declare ownerId: UserId;
    declare createdAt: EpochMs;
    declare updatedAt: EpochMs;
  }
  Group.init(
    {
      groupId: { ...column.id(), primaryKey: true },
      conversationId: column.id(),
      name: { type: DataTypes.STRING(64), allowNull: false },
      ownerId: column.id(),
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
