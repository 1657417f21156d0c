import { z } from "zod";
import { id, seq } from "./scalars.ts";

const minutesOfDay = z.int().min(0).max(1_439);

/** When a device is not to disturb, in minutes of its day; past midnight where `to` comes before `from`. */
export const quietHours = z.object({
  from: minutesOfDay,
  to: minutesOfDay,
  /** How far its clock is ahead of UTC, in minutes. */
  offset: z
    .int()
    .min(-14 * 60)
    .max(14 * 60),
});
export type QuietHours = z.infer<typeof quietHours>;

const base64url = (min: number, max: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${min},${max}}={0,2}$`));

/** `PUT /api/v1/me/push`: what a browser's `PushSubscription` says, and how this device wants to be told. */
export const pushRequest = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_024),
  keys: z.object({ p256dh: base64url(80, 100), auth: base64url(20, 30) }),
  /** Notifications say only that there is something. */
  hideContent: z.boolean().default(false),
  quiet: quietHours.optional(),
});
export type PushRequest = z.input<typeof pushRequest>;

/** `GET /api/v1/me/push`: what the server needs to be named, and what this device has asked for. */
export const pushSettings = z.object({
  /** The key of this server (VAPID), as `pushManager.subscribe` takes it. */
  publicKey: z.string(),
  /** Absent: this device takes no notifications. */
  subscription: z.object({ endpoint: z.string(), hideContent: z.boolean(), quiet: quietHours.optional() }).optional(),
});
export type PushSettings = z.infer<typeof pushSettings>;

/**
 * What a notification carries to a device, encrypted for it. Its words are the device's to find, in its own language; a
 * long text is cut.
 */
export const pushNotice = z.object({
  conversationId: id,
  seq,
  /** Unread messages of the conversation. */
  unread: z.int(),
  /** What follows is left out where the content is hidden. The name of the group, or of the sender. */
  title: z.string().optional(),
  /** Who says it, in a group. */
  senderName: z.string().optional(),
  /** Whether it names this user. */
  mentioned: z.literal(true).optional(),
  /** What kind of content it is. */
  kind: z.string().optional(),
  text: z.string().optional(),
});
export type PushNotice = z.infer<typeof pushNotice>;
