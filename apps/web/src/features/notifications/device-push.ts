import type { PushRequest, QuietHours } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";
import { currentWorker } from "../../lib/service-worker.ts";
import { canNotify } from "./can-notify.ts";

/** How this device wants to be notified. */
export interface DevicePush {
  readonly hideContent: boolean;
  readonly quiet?: QuietHours;
}

/** Whether this browser can notify while no page is open. */
export function canPush(): boolean {
  return canNotify() && "PushManager" in window;
}

/** How far this device's clock is ahead of UTC, in minutes. */
export function clockOffset(): number {
  return -Math.round(new Date().getTimezoneOffset());
}

/**
 * Subscribes this browser at its push service, and has the server use it. Asks for the permission, so it has to be called
 * by a click. False where the permission is refused.
 */
export async function enablePush(client: Client, wanted: DevicePush): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { publicKey } = await client.push.settings();
  // Where it is refused there is none to wait for.
  if (!(await currentWorker())) throw new Error("this browser runs no service worker");
  const subscription = await subscribe(await navigator.serviceWorker.ready, publicKey);
  await client.push.subscribe({ ...requestOf(subscription), ...wanted });
  return true;
}

/** Has the server notify in another way. */
export async function changePush(client: Client, wanted: DevicePush): Promise<void> {
  const subscription = await (await currentWorker())?.pushManager.getSubscription();
  if (!subscription) throw new Error("this browser is not subscribed");
  await client.push.subscribe({ ...requestOf(subscription), ...wanted });
}

export async function disablePush(client: Client): Promise<void> {
  await client.push.unsubscribe();
  const subscription = await (await currentWorker())?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}

/** One that was made for another server's key is of no use to this one. */
async function subscribe(registration: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await registration.pushManager.subscribe(options);
  } catch (error) {
    const earlier = await registration.pushManager.getSubscription();
    if (!earlier) throw error;
    await earlier.unsubscribe();
    return registration.pushManager.subscribe(options);
  }
}

function requestOf(subscription: PushSubscription): Pick<PushRequest, "endpoint" | "keys"> {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) {
    throw new Error("the browser's subscription lacks its keys");
  }
  return { endpoint, keys: { p256dh, auth } };
}

/** Minutes of a day as a field of time shows them, and back. */
export const toTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function fromTime(text: string): number | undefined {
  const [hours, minutes] = text.split(":").map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)
    ? undefined
    : hours * 60 + minutes;
}
