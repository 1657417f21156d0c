import type { DeviceId, EpochMs, SignedInDevice, UpdateDeviceRequest, UserId } from "@im-webapp/protocol";
import { Op, type WhereOptions } from "sequelize";
import type { Session } from "../core/accounts/ports.ts";
import type { DeviceStore } from "../core/security/ports.ts";
import type { Database } from "../infra/database/open.ts";
import { reachable } from "./errors.ts";

interface DeviceRow {
  deviceId: DeviceId;
  name: string;
  createdAt: EpochMs;
  signedInAt: EpochMs | null;
  lastSeenAt: EpochMs | null;
  lastReceivedAt: EpochMs | null;
  pushId: string | null;
}

/** The devices on which users are signed in, on the models. */
export class SqlDeviceStore implements DeviceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(userId: UserId, at: EpochMs): Promise<Omit<SignedInDevice, "current">[]> {
    const { Device } = this.#database.models;
    const rows = await reachable(() =>
      Device.findAll({
        where: living(userId, at),
        order: [
          ["lastSeenAt", "DESC"],
          ["deviceId", "ASC"],
        ],
      }),
    );
    return rows.map(toDevice);
  }

  async find(userId: UserId, deviceId: DeviceId, at: EpochMs): Promise<Omit<SignedInDevice, "current"> | undefined> {
    const { Device } = this.#database.models;
    const row = await reachable(() => Device.findOne({ where: { ...living(userId, at), deviceId } }));
    return row ? toDevice(row) : undefined;
  }

  async hasSession(
    { userId, deviceId, sessionId }: Pick<Session, "userId" | "deviceId" | "sessionId">,
    at: EpochMs,
  ): Promise<boolean> {
    const { Device } = this.#database.models;
    return (await reachable(() => Device.count({ where: { ...living(userId, at), deviceId, sessionId } }))) > 0;
  }

  async update(
    userId: UserId,
    deviceId: DeviceId,
    { name, pushId }: UpdateDeviceRequest,
    updatedAt: EpochMs,
  ): Promise<void> {
    const { Device } = this.#database.models;
    const change = { updatedAt, ...(name !== undefined && { name }), ...(pushId !== undefined && { pushId }) };
    await reachable(() => Device.update(change, { where: { userId, deviceId } }));
  }

  async end(userId: UserId, deviceIds: readonly DeviceId[], updatedAt: EpochMs): Promise<void> {
    const { Device } = this.#database.models;
    const ended = { sessionId: null, tokenHash: null, expiresAt: null, pushId: null, updatedAt };
    await reachable(() => Device.update(ended, { where: { userId, deviceId: [...deviceIds] } }));
  }
}

/** A device whose session has not ended. Spread into a `where` of any form. */
function living(userId: UserId, at: EpochMs) {
  return { userId, tokenHash: { [Op.ne]: null }, expiresAt: { [Op.gt]: at } } satisfies WhereOptions;
}

function toDevice(row: DeviceRow): Omit<SignedInDevice, "current"> {
  return {
    deviceId: row.deviceId,
    name: row.name,
    createdAt: row.createdAt,
    ...(row.signedInAt !== null && { signedInAt: row.signedInAt }),
    ...(row.lastSeenAt !== null && { lastSeenAt: row.lastSeenAt }),
    ...(row.lastReceivedAt !== null && { lastReceivedAt: row.lastReceivedAt }),
    ...(row.pushId !== null && { pushId: row.pushId }),
  };
}
