import type { Device, DeviceId, EpochMs, UserId } from "@im-webapp/protocol";
import type { Session, SessionStore } from "../core/accounts/ports.ts";
import { reachable } from "./errors.ts";
import { Gather } from "./gather.ts";
import type { Sql } from "./sql.ts";

interface SessionRow {
  token_hash: string;
  session_id: string | null;
  user_id: UserId;
  device_id: DeviceId;
  expires_at: string | null;
  signed_in_at: string | null;
}

interface Visit {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly at: EpochMs;
}

/**
 * Sessions: columns of their device, because a device has one. What each connect asks and notes is gathered, since
 * after a restart of a node all its clients connect at once.
 */
export class SqlSessionStore implements SessionStore {
  readonly #sql: Sql;
  readonly #found: Gather<string, Session | undefined>;
  readonly #visits: Gather<Visit, void>;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#found = new Gather((tokenHashes) => this.#findMany(tokenHashes));
    this.#visits = new Gather((visits) => this.#noteMany(visits));
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
        "signed_in_at",
        "last_seen_at",
        "created_at",
        "updated_at",
      ],
      [[session.userId, device.deviceId, device.name, session.sessionId, tokenHash, expiresAt, now, now, now, now]],
      {
        key: ["user_id", "device_id"],
        update: ["name", "session_id", "token_hash", "expires_at", "signed_in_at", "last_seen_at", "updated_at"],
      },
    );
  }

  find(tokenHash: string): Promise<Session | undefined> {
    return this.#found.load(tokenHash);
  }

  async current(userId: UserId, deviceId: DeviceId): Promise<Pick<Session, "sessionId" | "expiresAt"> | undefined> {
    const [row] = await this.#sql.select<Pick<SessionRow, "session_id" | "expires_at">>(
      "SELECT session_id, expires_at FROM device WHERE user_id = :userId AND device_id = :deviceId",
      { userId, deviceId },
    );
    if (!row || row.session_id === null || row.expires_at === null) return undefined;
    return { sessionId: row.session_id, expiresAt: this.#sql.clock.fromColumn(row.expires_at) };
  }

  async end(session: Session, at: EpochMs): Promise<void> {
    const { userId, deviceId, sessionId } = session;
    const ended = { sessionId: null, tokenHash: null, expiresAt: null, pushId: null, updatedAt: at };
    await reachable(() => this.#sql.database.models.Device.update(ended, { where: { userId, deviceId, sessionId } }));
  }

  seen(userId: UserId, deviceId: DeviceId, at: EpochMs): Promise<void> {
    return this.#visits.load({ userId, deviceId, at });
  }

  async #findMany(tokenHashes: readonly string[]): Promise<(tokenHash: string) => Session | undefined> {
    const rows = await this.#sql.select<SessionRow>(
      `SELECT token_hash, session_id, user_id, device_id, expires_at, signed_in_at
       FROM device WHERE token_hash IN (:tokenHashes)`,
      { tokenHashes },
    );
    const found = new Map(rows.map((row) => [row.token_hash, this.#toSession(row)]));
    return (tokenHash) => found.get(tokenHash);
  }

  #toSession(row: SessionRow): Session | undefined {
    if (row.session_id === null || row.expires_at === null) return undefined;
    const expiresAt = this.#sql.clock.fromColumn(row.expires_at);
    // A session from before this was noted began at an unknown time, which is long ago.
    const signedInAt = row.signed_in_at === null ? 0 : this.#sql.clock.fromColumn(row.signed_in_at);
    return { sessionId: row.session_id, userId: row.user_id, deviceId: row.device_id, expiresAt, signedInAt };
  }

  async #noteMany(visits: readonly Visit[]): Promise<() => void> {
    // Those of one query came within moments of each other.
    const at = visits.reduce((latest, visit) => Math.max(latest, visit.at), 0);
    await this.#sql.run(
      `UPDATE device SET last_seen_at = :at
       WHERE ${visits.map((_, i) => `(user_id = :u${i} AND device_id = :d${i})`).join(" OR ")}`,
      {
        at: this.#sql.clock.toColumn(at),
        ...Object.fromEntries(
          visits.flatMap(({ userId, deviceId }, i) => [
            [`u${i}`, userId],
            [`d${i}`, deviceId],
          ]),
        ),
      },
    );
    return () => undefined;
  }
}
