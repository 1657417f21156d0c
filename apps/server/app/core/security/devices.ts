import {
  type DeviceId,
  type DevicesResponse,
  type EndedDevicesResponse,
  type SignedInDevice,
  type UserId,
  updateDeviceRequest,
} from "@im-webapp/protocol";
import type { Session } from "../accounts/ports.ts";
import type { EndSockets } from "../accounts/sessions.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { DeviceStore } from "./ports.ts";

/** The devices on which a user is signed in. Those of others do not exist for them. */
export class Devices {
  readonly #store: DeviceStore;
  readonly #clock: Clock;
  readonly #endSockets: EndSockets;

  constructor(store: DeviceStore, clock: Clock, endSockets: EndSockets) {
    this.#store = store;
    this.#clock = clock;
    this.#endSockets = endSockets;
  }

  async list({ userId, deviceId }: Session): Promise<DevicesResponse> {
    const devices = await this.#store.list(userId, this.#clock());
    return { devices: devices.map((device) => ({ ...device, current: device.deviceId === deviceId })) };
  }

  /** @throws {ImError} `NOT_FOUND` */
  async update(session: Session, deviceId: DeviceId, payload: unknown): Promise<SignedInDevice> {
    const change = validate(updateDeviceRequest, payload);
    await this.#require(session.userId, deviceId);
    await this.#store.update(session.userId, deviceId, change, this.#clock());
    const device = await this.#require(session.userId, deviceId);
    return { ...device, current: deviceId === session.deviceId };
  }

  /** Ends a device's session; it may be the caller's own. @throws {ImError} `NOT_FOUND` */
  async revoke(userId: UserId, deviceId: DeviceId): Promise<void> {
    await this.#require(userId, deviceId);
    await this.#end(userId, [deviceId]);
  }

  async revokeOthers({ userId, deviceId }: Pick<Session, "userId" | "deviceId">): Promise<EndedDevicesResponse> {
    const devices = await this.#store.list(userId, this.#clock());
    const others = devices.map((device) => device.deviceId).filter((other) => other !== deviceId);
    await this.#end(userId, others);
    return { ended: others.length };
  }

  async revokeAll(userId: UserId): Promise<void> {
    const devices = await this.#store.list(userId, this.#clock());
    await this.#end(
      userId,
      devices.map(({ deviceId }) => deviceId),
    );
  }

  async #end(userId: UserId, deviceIds: readonly DeviceId[]): Promise<void> {
    if (deviceIds.length === 0) return;
    await this.#store.end(userId, deviceIds, this.#clock());
    for (const deviceId of deviceIds) this.#endSockets({ userId, deviceId }, "revoked");
  }

  async #require(userId: UserId, deviceId: DeviceId): Promise<Omit<SignedInDevice, "current">> {
    const device = await this.#store.find(userId, deviceId, this.#clock());
    if (!device) throw new ImError("NOT_FOUND", "there is no such device");
    return device;
  }
}
