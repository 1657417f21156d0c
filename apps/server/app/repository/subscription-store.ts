import type { DeviceId, EpochMs, UserId } from "@im-webapp/protocol";
import type { Subscription, SubscriptionStore } from "../core/push/ports.ts";
import type { Sql } from "./sql.ts";

interface SubscriptionRow {
  user_id: UserId;
  device_id: DeviceId;
  endpoint: string;
  p256dh: string;
  auth: string;
  hide_content: number;
  quiet_from: number | null;
  quiet_to: number | null;
  clock_offset: number;
}

const COLUMNS =
  "s.user_id, s.device_id, s.endpoint, s.p256dh, s.auth, s.hide_content, s.quiet_from, s.quiet_to, s.clock_offset";

/** Subscriptions, on SQL: a row counts while its session is the one that the device has. */
export class SqlSubscriptionStore implements SubscriptionStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async save({ userId, deviceId, endpoint, keys, hideContent, quiet }: Subscription, sessionId: string, at: EpochMs) {
    const columns = [
      "session_id",
      "endpoint",
      "p256dh",
      "auth",
      "hide_content",
      "quiet_from",
      "quiet_to",
      "clock_offset",
      "created_at",
    ];
    const values = [
      sessionId,
      endpoint,
      keys.p256dh,
      keys.auth,
      hideContent,
      quiet?.from ?? null,
      quiet?.to ?? null,
      quiet?.offset ?? 0,
      this.#sql.clock.toColumn(at),
    ];
    await this.#sql.insert("push_subscription", ["user_id", "device_id", ...columns], [[userId, deviceId, ...values]], {
      key: ["user_id", "device_id"],
      update: columns,
    });
  }

  async find(userId: UserId, deviceId: DeviceId): Promise<Subscription | undefined> {
    const [row] = await this.#sql.select<SubscriptionRow>(
      `SELECT ${COLUMNS} FROM push_subscription s
       JOIN device d ON d.user_id = s.user_id AND d.device_id = s.device_id AND d.session_id = s.session_id
       WHERE s.user_id = :userId AND s.device_id = :deviceId`,
      { userId, deviceId },
    );
    return row && toSubscription(row);
  }

  async ofUsers(userIds: readonly UserId[], at: EpochMs): Promise<Subscription[]> {
    const rows = await this.#sql.select<SubscriptionRow>(
      `SELECT ${COLUMNS} FROM push_subscription s
       JOIN device d ON d.user_id = s.user_id AND d.device_id = s.device_id AND d.session_id = s.session_id
       WHERE s.user_id IN (:userIds) AND d.expires_at > :at`,
      { userIds, at: this.#sql.clock.toColumn(at) },
    );
    return rows.map(toSubscription);
  }

  async remove(userId: UserId, deviceId: DeviceId, endpoint?: string): Promise<void> {
    await this.#sql.run(
      `DELETE FROM push_subscription WHERE user_id = :userId AND device_id = :deviceId
       ${endpoint === undefined ? "" : "AND endpoint = :endpoint"}`,
      { userId, deviceId, ...(endpoint !== undefined && { endpoint }) },
    );
  }
}

function toSubscription(row: SubscriptionRow): Subscription {
  const { quiet_from: from, quiet_to: to, clock_offset: offset } = row;
  return {
    userId: row.user_id,
    deviceId: row.device_id,
    endpoint: row.endpoint,
    keys: { p256dh: row.p256dh, auth: row.auth },
    hideContent: row.hide_content !== 0,
    ...(from !== null && to !== null && { quiet: { from, to, offset } }),
  };
}
