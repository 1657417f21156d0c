import type { EpochMs, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A user's second factor: the secret that they share with an authenticator app. */
export function defineTotp(sequelize: Sequelize, column: Columns) {
  class Totp extends Table<InferAttributes<Totp>, InferCreationAttributes<Totp>> {
    declare userId: UserId;
    /** Encrypted when a key is configured; its form says which. */
    declare secret: string;
    /** The step of the last code that was accepted: none up to it is accepted again. */
    declare lastStep: CreationOptional<number>;
    /** Null until a first code has proved that the app has the secret; till then it protects nothing. */
    declare confirmedAt: CreationOptional<EpochMs | null>;
    declare createdAt: EpochMs;
  }
  Totp.init(
    {
      userId: { ...column.id(), primaryKey: true },
      secret: { type: DataTypes.STRING(255), allowNull: false },
      lastStep: column.seq(),
      confirmedAt: column.optionalTime(),
      createdAt: column.time(),
    },
    { sequelize, tableName: "totp" },
  );
  return Totp;
}
