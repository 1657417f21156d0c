import { type PushSettings, pushRequest } from "@im-webapp/protocol";
import type { Session } from "../accounts/ports.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { PushService, SubscriptionStore } from "./ports.ts";

/** How a device is notified while no page of it is open. Each session says so for its own device. */
export class PushSubscriptions {
  readonly #store: SubscriptionStore;
  readonly #service: Pick<PushService, "publicKey" | "knows">;
  readonly #clock: Clock;

  constructor(store: SubscriptionStore, service: Pick<PushService, "publicKey" | "knows">, clock: Clock) {
    this.#store = store;
    this.#service = service;
    this.#clock = clock;
  }

  async get({ userId, deviceId }: Session): Promise<PushSettings> {
    const found = await this.#store.find(userId, deviceId);
    const { publicKey } = this.#service;
    if (!found) return { publicKey };
    const { endpoint, hideContent, quiet } = found;
    return { publicKey, subscription: { endpoint, hideContent, ...(quiet && { quiet }) } };
  }

  /** @throws {ImError} `FORBIDDEN` for a push service that this server does not speak to */
  async set(session: Session, payload: unknown): Promise<PushSettings> {
    const { endpoint, keys, hideContent, quiet } = validate(pushRequest, payload);
    if (!this.#service.knows(endpoint)) {
      throw new ImError("FORBIDDEN", `this server does not speak to ${new URL(endpoint).host}`);
    }
    const { userId, deviceId, sessionId } = session;
    const subscription = { userId, deviceId, endpoint, keys, hideContent, ...(quiet && { quiet }) };
    await this.#store.save(subscription, sessionId, this.#clock());
    return this.get(session);
  }

  async remove({ userId, deviceId }: Session): Promise<void> {
    await this.#store.remove(userId, deviceId);
  }
}
