import type { EpochMs, UserId } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** Whom a user is to another program's sign-in (OpenID Connect). */
export function defineIdentity(sequelize: Sequelize, column: Columns) {
  class Identity extends Table<InferAttributes<Identity>, InferCreationAttributes<Identity>> {
    /** Hex SHA-256 of issuer and subject, each of which may be longer than a key. */
    declare identityKey: string;
    declare userId: UserId;
    declare issuer: string;
    declare subject: string;
    declare createdAt: EpochMs;
  }
  Identity.init(
    {
      identityKey: { type: DataTypes.CHAR(64), allowNull: false, primaryKey: true },
      userId: column.id(),
      issuer: { type: DataTypes.STRING(512), allowNull: false },
      subject: { type: DataTypes.STRING(255), allowNull: false },
      createdAt: column.time(),
    },
    { sequelize, tableName: "identity", indexes: [{ name: "identity_user_id", fields: ["user_id"] }] },
  );
  return Identity;
}
