import type { CallName, CallRequest, Content, Message, UserId } from "@im-webapp/protocol";
import { ImError } from "../src/errors.ts";

export function textOf(text: string): Content {
  return { kind: "text", text };
}

/** What a call makes of a message, as on the server. */
export function withCall(
  message: Message,
  userId: UserId,
  name: "message:edit" | "message:recall" | "message:react",
  request: CallRequest<CallName>,
): Message {
  switch (name) {
    case "message:edit":
      return edited(message, userId, (request as CallRequest<"message:edit">).content as Content);
    case "message:recall":
      return recalled(message, userId);
    case "message:react": {
      const { emoji, on } = request as CallRequest<"message:react">;
      return reacted(message, userId, emoji, on);
    }
  }
}

/** What an edit makes of a message, as on the server; the same object when it changes nothing. */
function edited(message: Message, userId: UserId, content: Content): Message {
  if (message.senderId !== userId) throw forbidden("only its sender may edit a message");
  if (message.content.kind !== "text" || content.kind !== "text") throw forbidden("only text can be edited");
  return message.content.text === content.text ? message : { ...message, content, editedAt: 2_000 };
}

/** What a recall makes of it; any time is in time. */
function recalled(message: Message, by: UserId): Message {
  if (message.recalledAt !== undefined) return message;
  if (message.senderId !== by || message.content.kind === "system") throw forbidden("not yours to recall");
  const { replyTo: _replyTo, mentions: _mentions, editedAt: _editedAt, reactions: _reactions, ...rest } = message;
  return { ...rest, content: { kind: "system", event: "message.recalled", by }, recalledAt: 2_000 };
}

/** What a reaction, or the end of one, makes of it. */
export function reacted(message: Message, userId: UserId, emoji: string, on: boolean): Message {
  if (message.recalledAt !== undefined) throw forbidden("this message was recalled");
  const { reactions = [], ...rest } = message;
  const held = reactions.find((reaction) => reaction.emoji === emoji)?.userIds ?? [];
  if (held.includes(userId) === on) return message;
  const userIds = on ? [...held, userId] : held.filter((other) => other !== userId);
  const next = { emoji, count: userIds.length, userIds };
  const known = reactions.some((reaction) => reaction.emoji === emoji);
  const all = known ? reactions.map((reaction) => (reaction.emoji === emoji ? next : reaction)) : [...reactions, next];
  const left = all.filter(({ count }) => count > 0);
  return { ...rest, ...(left.length > 0 && { reactions: left }) };
}

function forbidden(message: string): ImError {
  return new ImError({ code: "FORBIDDEN", message });
}
