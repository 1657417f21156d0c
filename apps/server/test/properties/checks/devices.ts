import { isDeepStrictEqual } from "node:util";
import {
  type Conversation,
  type ConversationId,
  type Message,
  MAX_MENTION_SEQS,
  type Seq,
  type UserId,
} from "@im-webapp/protocol";
import { Device } from "../device/device.ts";
import { runDry } from "../settle.ts";
import { USERS } from "../steps.ts";
import type { Life } from "./truth.ts";
import { agreed } from "../device/views.ts";
import type { World } from "../world/world.ts";

/** Nobody was pushed what is not for them, whether it arrived or not. */
export function checkPushed(world: World, lives: ReadonlyMap<ConversationId, Life>): void {
  for (const { userId, conversationId, seq } of world.pushedMessages.values()) {
    const readers = lives.get(conversationId)?.audiences.get(seq)?.readers;
    if (!readers?.has(userId)) world.violations.push(`${userId} was pushed ${conversationId} ${seq}`);
  }
}

/** Every device holds what a fresh one gets, and that is what its user may read and nothing else. */
export async function checkDevices(world: World, lives: ReadonlyMap<ConversationId, Life>): Promise<void> {
  const violate = (text: string) => world.violations.push(text);
  for (const userId of USERS) {
    const fresh = new Device(`a fresh device of ${userId}`, userId, violate);
    fresh.connect(world.node(0));
    await runDry(world);
    checkFresh(fresh, lives, violate);
    for (const device of world.devices) {
      if (device.userId === userId) compare(device, fresh, violate);
      if (device.userId === userId) checkGiven(device, lives, violate);
    }
  }
}

function checkFresh(fresh: Device, lives: ReadonlyMap<ConversationId, Life>, violate: (text: string) => void): void {
  const { userId } = fresh;
  const listed = fresh.views.list().map(({ conversationId }) => conversationId);
  for (const life of lives.values()) {
    const { conversationId, messages, audiences } = life;
    if (!life.ever.has(userId)) {
      if (listed.includes(conversationId)) violate(`${fresh.name} lists ${conversationId}`);
      continue;
    }
    const readable = messages.filter(({ seq }) => audiences.get(seq)?.readers.has(userId) === true);
    differ(`${fresh.name}: ${conversationId}`, shelved(fresh, conversationId), readable, violate);
    const view = fresh.views.get(conversationId);
    const isActive = life.active.has(userId);
    const lastSeq = isActive ? life.lastSeq : readable.at(-1)?.seq;
    const readSeq = life.readSeqs.get(userId) ?? 0;
    const isTrue =
      view !== undefined &&
      (view.left === true) === !isActive &&
      view.lastSeq === lastSeq &&
      view.readSeq === readSeq &&
      view.unread === view.lastSeq - readSeq &&
      isDeepStrictEqual(view.mentionSeqs ?? [], unreadMentions(readable, userId, readSeq)) &&
      (view.mentioned ?? false) === (view.mentionSeqs !== undefined);
    if (!isTrue) violate(`${fresh.name} shows ${conversationId} as ${JSON.stringify(view)}`);
  }
}

/** Where others name the user in what they have not read yet. */
function unreadMentions(readable: readonly Message[], userId: UserId, readSeq: Seq): Seq[] {
  const naming = readable.filter(
    ({ seq, senderId, mentions = [] }) =>
      seq > readSeq && senderId !== userId && (mentions === "all" || mentions.includes(userId)),
  );
  return naming.map(({ seq }) => seq).slice(-MAX_MENTION_SEQS);
}

function compare(device: Device, fresh: Device, violate: (text: string) => void): void {
  if (device.cursor !== fresh.cursor) violate(`${device.name} stands at ${device.cursor}, not ${fresh.cursor}`);
  differ(`${device.name}: the list`, agreed(device.views.list()), agreed(fresh.views.list()), violate);
  for (const { conversationId, left } of fresh.views.list()) {
    // One who left hears of no later change.
    const shown = (of: Device) =>
      shelved(of, conversationId).map((message) => (left === true ? { seq: message.seq } : message));
    differ(`${device.name}: ${conversationId}`, shown(device), shown(fresh), violate);
  }
}

function checkGiven(device: Device, lives: ReadonlyMap<ConversationId, Life>, violate: (text: string) => void): void {
  for (const { conversationId, seq } of device.given.values()) {
    const readers = lives.get(conversationId)?.audiences.get(seq)?.readers;
    if (!readers?.has(device.userId))
      violate(`${device.name} was given ${conversationId} ${seq}, which is not for them`);
  }
}

function shelved(device: Device, conversationId: ConversationId): Message[] {
  return [...device.shelves.of(conversationId).messages.values()].toSorted((a, b) => a.seq - b.seq);
}

function differ(
  what: string,
  actual: readonly (Conversation | Partial<Message>)[],
  expected: readonly (Conversation | Partial<Message>)[],
  violate: (text: string) => void,
): void {
  if (isDeepStrictEqual(actual, expected)) return;
  violate(`${what} is ${JSON.stringify(actual)}\n    and should be ${JSON.stringify(expected)}`);
}
