import type { Message, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";

/** Different emoji on one message; more cannot be shown. */
const MAX_EMOJI = 50;

/** People under one emoji who are kept by name: bounds what every copy of the message carries. */
const MAX_USERS = 500;

/**
 * The message with a user's reaction put or taken away; the same object when that changes nothing. Emoji stay in the
 * order in which they first came.
 *
 * @throws {ImError} `CONFLICT` when the message carries as many as it can
 */
export function withReaction(message: Message, userId: UserId, emoji: string, on: boolean): Message {
  const reactions = message.reactions ?? [];
  const held = reactions.find((reaction) => reaction.emoji === emoji);
  const has = held?.userIds.includes(userId) ?? false;
  if (has === on) return message;
  if (on && !held && reactions.length >= MAX_EMOJI)
    throw new ImError("CONFLICT", "this message has all the emoji it can");
  if (on && held && held.userIds.length >= MAX_USERS)
    throw new ImError("CONFLICT", "this emoji has all the people it can");
  const userIds = on
    ? [...(held?.userIds ?? []), userId]
    : (held?.userIds ?? []).filter((reactingId) => reactingId !== userId);
  const next = { emoji, count: userIds.length, userIds };
  const changed = held
    ? reactions.map((reaction) => (reaction === held ? next : reaction)).filter(({ count }) => count > 0)
    : [...reactions, next];
  const { reactions: _before, ...rest } = message;
  return changed.length > 0 ? { ...rest, reactions: changed } : rest;
}
