import type { DeviceId, EpochMs, Seq, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A device of a user, with its one session while it has one. */
export function defineDevice(sequelize: Sequelize, column: Columns) {
  class Device extends Table<InferAttributes<Device>, InferCreationAttributes<Device>> {
    declare userId: UserId;
    declare deviceId: DeviceId;
    declare name: string;
    declare sessionId: CreationOptional<string | null>;
    /** Hex SHA-256 of the session's token; the token itself is never stored. */
    declare tokenHash: CreationOptional<string | null>;
    declare expiresAt: CreationOptional<EpochMs | null>;
    /** When the present session began. */
    declare signedInAt: CreationOptional<EpochMs | null>;
    /** The last entry of the user's timeline that this device has said it stored. */
    declare cursorSeq: CreationOptional<Seq>;
    declare lastSeenAt: CreationOptional<EpochMs | null>;
    /** When the device last said that it had stored new entries. */
    declare lastReceivedAt: CreationOptional<EpochMs | null>;
    /** Where push notifications of this device go. */
    declare pushId: CreationOptional<string | null>;
    declare createdAt: EpochMs;
    declare updatedAt: EpochMs;
  }
  Device.init(
    {
      userId: { ...column.id(), primaryKey: true },
      deviceId: { ...column.id(), primaryKey: true },
      name: { type: DataTypes.STRING(64), allowNull: false },
      sessionId: column.optionalId(),
      tokenHash: { type: DataTypes.CHAR(64), allowNull: true },
      expiresAt: column.optionalTime(),
      signedInAt: column.optionalTime(),
      cursorSeq: column.seq(),
      lastSeenAt: column.optionalTime(),
      lastReceivedAt: column.optionalTime(),
      pushId: { type: DataTypes.STRING(512), allowNull: true },
      createdAt: column.time(),
      updatedAt: column.time(),
    },
    {
      sequelize,
      tableName: "device",
      indexes: [{ name: "device_token_hash", unique: true, fields: ["token_hash"] }],
    },
  );
  return Device;
}
