import type { DeviceId, EpochMs, PushNotice, QuietHours, UserId } from "@im-webapp/protocol";

/** Where one device is notified, and how it wants to be. */
export interface Subscription {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly hideContent: boolean;
  readonly quiet?: QuietHours;
}

/** The subscriptions of devices whose session lives; each device has one. */
export interface SubscriptionStore {
  save(subscription: Subscription, sessionId: string, at: EpochMs): Promise<void>;
  find(userId: UserId, deviceId: DeviceId): Promise<Subscription | undefined>;
  ofUsers(userIds: readonly UserId[], at: EpochMs): Promise<Subscription[]>;
  /** Takes it away; with `endpoint`, only if it still goes there. */
  remove(userId: UserId, deviceId: DeviceId, endpoint?: string): Promise<void>;
}

/** A push service of a browser's maker. */
export interface PushService {
  /** The key that names this server to them. */
  readonly publicKey: string;
  /** Whether it is one that this server speaks to: an address is the word of a client. */
  knows(endpoint: string): boolean;
  /** `gone`: the service knows the device no more. `failed`: it did not take it; not tried again. */
  send(subscription: Subscription, notice: PushNotice): Promise<"sent" | "gone" | "failed">;
}
