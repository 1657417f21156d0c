import type { Device, DeviceId, EpochMs, UserId } from "@im-webapp/protocol";
import type { Session, SessionStore } from "../core/accounts/ports.ts";
import { reachable } from "./errors.ts";
import type { Sql } from "./sql.ts";

/** Sessions: columns of their device, because a device has one. */
export class SqlSessionStore implements SessionStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async start(session: Session, device: Device, tokenHash: string, at: EpochMs): Promise<void> {
    const now = this.#sql.clock.toColumn(at);
    const expiresAt = this.#sql.clock.toColumn(session.expiresAt);
    await this.#sql.insert(
      "device",
      [
        "user_id",
        "device_id",
        "name",
        "session_id",
        "token_hash",
        "expires_at",
        "last_seen_at",
        "created_at",
        "updated_at",
      ],
      [[session.userId, device.deviceId, device.name, session.sessionId, tokenHash, expiresAt, now, now, now]],
      {
        key: ["user_id", "device_id"],
        update: ["name", "session_id", "token_hash", "expires_at", "last_seen_at", "updated_at"],
      },
    );
  }

  async find(tokenHash: string): Promise<Session | undefined> {
    const row = await reachable(() => this.#sql.database.models.Device.findOne({ where: { tokenHash } }));
    if (!row || row.sessionId === null || row.expiresAt === null) return undefined;
    return { sessionId: row.sessionId, userId: row.userId, deviceId: row.deviceId, expiresAt: row.expiresAt };
  }

  async end(session: Session, at: EpochMs): Promise<void> {
    const { userId, deviceId, sessionId } = session;
    const ended = { sessionId: null, tokenHash: null, expiresAt: null, updatedAt: at };
    await reachable(() => this.#sql.database.models.Device.update(ended, { where: { userId, deviceId, sessionId } }));
  }

  async seen(userId: UserId, deviceId: DeviceId, at: EpochMs): Promise<void> {
    await reachable(() => this.#sql.database.models.Device.update({ lastSeenAt: at }, { where: { userId, deviceId } }));
  }
}
