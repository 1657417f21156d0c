import type { Conversation, Message, Seq, UserId } from "@im-webapp/protocol";
import { mergedSettings } from "../outbox/pending-change.ts";
import type { PendingChange } from "../store/local-store.ts";
import type { ConversationSettings } from "../types.ts";

/**
 * The message as it will be once the server has the pending changes; the very same object if they change nothing. Those
 * that the held version contains, and those that were refused, are passed over, and so is what the server will refuse.
 * The version stays the held one.
 */
export function withChanges(message: Message, changes: readonly PendingChange[], self: UserId): Message {
  let shown = message;
  for (const change of changes) {
    if (change.seq === message.seq && change.conversationId === message.conversationId && isOpen(change, message)) {
      shown = withChange(shown, change, self);
    }
  }
  return shown;
}

/** How the conversation will be kept once the server has the pending changes. */
export function pendingSettings(conversation: Conversation, changes: readonly PendingChange[]): ConversationSettings {
  const version = conversation.settingsVersion ?? 0;
  return mergedSettings(changes.filter((change) => change.seq === 0 && isOpen(change, { version })));
}

/** Whether the conversation is shown as marked unread, whatever was read. */
export function isMarkedUnread(conversation: Conversation, changes: readonly PendingChange[]): boolean {
  const own = changes.filter(({ conversationId }) => conversationId === conversation.conversationId);
  return pendingSettings(conversation, own).markedUnread ?? conversation.markedUnread ?? false;
}

/** Whether a change is still to be seen in this version of its message. */
function isOpen({ error, accepted }: PendingChange, { version }: Pick<Message, "version">): boolean {
  return !error && (accepted === undefined || version < accepted.version);
}

/** The conversation with the pins and stars that it will have once the server has the pending changes. */
export function withMarks(conversation: Conversation, changes: readonly PendingChange[]): Conversation {
  let { pins, stars } = conversation;
  for (const { kind, seq, error, ...change } of changes) {
    if (error || !("on" in change)) continue;
    if (kind === "pin") pins = { at: pins?.at ?? 0, seqs: toggled(pins?.seqs, seq, change.on) };
    if (kind === "star") stars = toggled(stars, seq, change.on);
  }
  return pins === conversation.pins && stars === conversation.stars
    ? conversation
    : { ...conversation, ...(pins && { pins }), ...(stars && { stars }) };
}

function toggled(seqs: readonly Seq[] = [], seq: Seq, on: boolean): Seq[] {
  const others = seqs.filter((other) => other !== seq);
  return on ? [...others, seq] : others;
}

function hasReacted({ reactions = [] }: Message, emoji: string, userId: UserId): boolean {
  return reactions.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(userId));
}

function withChange(message: Message, change: PendingChange, self: UserId): Message {
  if (change.kind === "delete") return { ...emptied(message), content: { kind: "system", event: "message.deleted" } };
  if (message.recalledAt !== undefined || message.content.kind === "system") return message;
  switch (change.kind) {
    case "edit":
      if (message.content.kind !== "text" || message.content.text === change.text) return message;
      return { ...message, content: { kind: "text", text: change.text }, editedAt: change.createdAt };
    case "recall":
      return recalled(message, change.createdAt, self);
    case "react":
      return withReaction(message, change.emoji, change.on, self);
    default:
      return message;
  }
}

/** Nothing of the original is left, as on the server. */
function recalled(message: Message, recalledAt: number, by: UserId): Message {
  return { ...emptied(message), content: { kind: "system", event: "message.recalled", by }, recalledAt };
}

function emptied(message: Message): Message {
  const { replyTo: _replyTo, mentions: _mentions, editedAt: _editedAt, reactions: _reactions, ...rest } = message;
  return rest;
}

function withReaction(message: Message, emoji: string, on: boolean, self: UserId): Message {
  if (hasReacted(message, emoji, self) === on) return message;
  const { reactions = [], ...rest } = message;
  const next = reactions.some((reaction) => reaction.emoji === emoji)
    ? reactions
    : [...reactions, { emoji, count: 0, userIds: [] }];
  const changed = next.flatMap((reaction) => {
    if (reaction.emoji !== emoji) return [reaction];
    const count = reaction.count + (on ? 1 : -1);
    const others = reaction.userIds.filter((userId) => userId !== self);
    return count > 0 ? [{ emoji, count, userIds: on ? [...others, self] : others }] : [];
  });
  return { ...rest, ...(changed.length > 0 && { reactions: changed }) };
}
