import type { EpochMs, UserId } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A code that stands in for an authenticator app once; using it removes it. */
export function defineRecoveryCode(sequelize: Sequelize, column: Columns) {
  class RecoveryCode extends Table<InferAttributes<RecoveryCode>, InferCreationAttributes<RecoveryCode>> {
    declare userId: UserId;
    /** Hex SHA-256 of user and code; the code itself is never stored. */
    declare codeHash: string;
    declare createdAt: EpochMs;
  }
  RecoveryCode.init(
    {
      userId: { ...column.id(), primaryKey: true },
      codeHash: { type: DataTypes.CHAR(64), allowNull: false, primaryKey: true },
      createdAt: column.time(),
    },
    { sequelize, tableName: "recovery_code" },
  );
  return RecoveryCode;
}
