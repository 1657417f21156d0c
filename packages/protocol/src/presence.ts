import { z } from "zod";
import { epochMs, id, ids } from "./scalars.ts";

/** `typing:set`: whether the caller is writing in this conversation. */
export const typingRequest = z.object({ conversationId: id, typing: z.boolean() });
export type TypingRequest = z.infer<typeof typingRequest>;

/** `typing`: a member is writing, or has stopped. It ends by itself after `TYPING_EXPIRES_MS`. */
export const typingEvent = z.object({ conversationId: id, userId: id, typing: z.boolean() });
export type TypingEvent = z.infer<typeof typingEvent>;

/** `presence`: whether a user is connected anywhere, and if not, when they last were, as far as one may know it. */
export const presenceEvent = z.object({ userId: id, online: z.boolean(), lastSeenAt: epochMs.optional() });
export type PresenceEvent = z.infer<typeof presenceEvent>;

/** `presence:watch`: whom this socket hears of from now on, in place of those whom it named before. */
export const watchRequest = z.object({ userIds: ids });
export type WatchRequest = z.input<typeof watchRequest>;

/** One for each user, in the order named. */
export const watchResponse = z.object({ presence: z.array(presenceEvent) });
export type WatchResponse = z.infer<typeof watchResponse>;
