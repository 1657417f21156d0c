import type { EpochMs, GroupId, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A link into a group. Written under the lock of the group's conversation, so that its uses are counted exactly. */
export function defineInvitation(sequelize: Sequelize, column: Columns) {
  class Invitation extends Table<InferAttributes<Invitation>, InferCreationAttributes<Invitation>> {
    declare token: string;
    declare groupId: GroupId;
    declare createdBy: UserId;
    declare createdAt: EpochMs;
    /** Null: never. */
    declare expiresAt: CreationOptional<EpochMs | null>;
    /** Null: any number of times. */
    declare maxUses: CreationOptional<number | null>;
    declare uses: CreationOptional<number>;
    declare revokedAt: CreationOptional<EpochMs | null>;
  }
  Invitation.init(
    {
      token: { ...column.id(), primaryKey: true },
      groupId: column.id(),
      createdBy: column.id(),
      createdAt: column.time(),
      expiresAt: column.optionalTime(),
      maxUses: { type: DataTypes.INTEGER, allowNull: true },
      uses: column.integer(0),
      revokedAt: column.optionalTime(),
    },
    {
      sequelize,
      tableName: "invitation",
      indexes: [{ name: "invitation_group_id_created_at", fields: ["group_id", "created_at", "token"] }],
    },
  );
  return Invitation;
}
