import type { DeviceId, EpochMs, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** Where a device takes notifications while no page is open (Web Push). Counts while its session is the device's. */
export function definePushSubscription(sequelize: Sequelize, column: Columns) {
  class PushSubscription extends Table<InferAttributes<PushSubscription>, InferCreationAttributes<PushSubscription>> {
    declare userId: UserId;
    declare deviceId: DeviceId;
    declare sessionId: string;
    declare endpoint: string;
    /** The browser's keys, base64url. */
    declare p256dh: string;
    declare auth: string;
    /** Whether notifications say only that there is something. */
    declare hideContent: CreationOptional<boolean>;
    /** When not to disturb, in minutes of the device's day; null: never. */
    declare quietFrom: CreationOptional<number | null>;
    declare quietTo: CreationOptional<number | null>;
    /** How far the device's clock is ahead of UTC, in minutes. */
    declare clockOffset: CreationOptional<number>;
    declare createdAt: EpochMs;
  }
  PushSubscription.init(
    {
      userId: { ...column.id(), primaryKey: true },
      deviceId: { ...column.id(), primaryKey: true },
      sessionId: column.id(),
      endpoint: { type: DataTypes.STRING(1024), allowNull: false },
      p256dh: { type: DataTypes.STRING(128), allowNull: false },
      auth: { type: DataTypes.STRING(64), allowNull: false },
      hideContent: column.flag(),
      quietFrom: { type: DataTypes.INTEGER, allowNull: true },
      quietTo: { type: DataTypes.INTEGER, allowNull: true },
      clockOffset: column.integer(0),
      createdAt: column.time(),
    },
    { sequelize, tableName: "push_subscription" },
  );
  return PushSubscription;
}
