import { isDeepStrictEqual } from "node:util";
import type { ConversationId, Entry, Message } from "@im-webapp/protocol";
import type { Reading } from "./history.ts";
import type { Life } from "./membership.ts";
import { type Report, checkRun, place } from "./violation.ts";

/** One user's timeline, pushes and devices, against the conversations as the same user reads them. */
export function checkTimeline(reading: Reading, lives: ReadonlyMap<ConversationId, Life>, report: Report): void {
  const stored = new Map([...reading.conversations.values()].flat().map((message) => [place(message), message]));
  checkEntries(reading, stored, lives, report);
  checkPushes(reading, stored, lives, report);
  for (const device of reading.devices) {
    const what = `the device ${device.name} of ${reading.userId}`;
    checkRun(
      device.entries.map(({ seq }) => seq),
      `the entries of ${what}`,
      report,
    );
    if (device.entries.length < reading.timeline.length) {
      report("lost", `${what} has ${device.entries.length} of ${reading.timeline.length} entries`);
    }
    if (device.entries.length > reading.timeline.length) report("phantom", `${what} has more entries than there are`);
    checkDevice(what, reading, device.conversations, lives, report);
  }
}

function checkEntries(
  { userId, timeline }: Reading,
  stored: ReadonlyMap<string, Message>,
  lives: ReadonlyMap<ConversationId, Life>,
  report: Report,
): void {
  const what = `the timeline of ${userId}`;
  checkRun(
    timeline.map(({ seq }) => seq),
    what,
    report,
  );
  const seen = new Set<string>();
  const lastSeq = new Map<ConversationId, number>();
  for (const entry of timeline) {
    if (entry.type !== "message" && entry.type !== "message:update") continue;
    const { message } = entry;
    const membership = lives.get(message.conversationId)?.membership;
    if (membership?.canRead(userId, message.seq) !== true) {
      report("foreign", `${what} holds ${place(message)}, which this user may not see`);
      continue;
    }
    if (!isDeepStrictEqual(stored.get(place(message)), message)) {
      report("divergent", `${what} shows ${place(message)} otherwise than the conversation does`);
    }
    if (entry.type === "message:update") continue;
    if (seen.has(place(message))) report("duplicate", `${what} holds ${place(message)} twice`);
    seen.add(place(message));
    if (!membership.hasEntry(userId, message.seq)) {
      report("phantom", `${what} holds ${place(message)}, which is read from the conversation`);
    }
    const before = lastSeq.get(message.conversationId) ?? 0;
    if (message.seq < before) report("reordered", `${what} has ${place(message)} behind #${before}`);
    lastSeq.set(message.conversationId, Math.max(before, message.seq));
  }
  for (const [key, { conversationId, seq }] of stored) {
    const due = lives.get(conversationId)?.membership.hasEntry(userId, seq) === true;
    if (due && !seen.has(key)) report("lost", `${what} lacks ${key}`);
  }
}

/** A push comes after the commit, so that the stores hold all that was pushed, in that version or a later one. */
function checkPushes(
  { userId, timeline, pushed, groupPushed }: Reading,
  stored: ReadonlyMap<string, Message>,
  lives: ReadonlyMap<ConversationId, Life>,
  report: Report,
): void {
  const bySeq = new Map(timeline.map((entry) => [entry.seq, entry]));
  for (const entry of pushed.flat()) {
    if (!isLater(entry, bySeq.get(entry.seq))) {
      report("phantom", `${userId} was pushed entry ${entry.seq}, which the timeline does not hold as such`);
    }
  }
  for (const message of groupPushed.flatMap(({ messages, changes }) => [...messages, ...changes])) {
    if (lives.get(message.conversationId)?.membership.canRead(userId, message.seq) !== true) {
      report("foreign", `${userId} was pushed ${place(message)}, which this user may not see`);
    } else if (!isLaterMessage(message, stored.get(place(message)))) {
      report("phantom", `${userId} was pushed ${place(message)}, which the conversation does not hold as such`);
    }
  }
}

function isLater(pushed: Entry, stored: Entry | undefined): boolean {
  if (stored === undefined || stored.type !== pushed.type) return false;
  const carriesMessage = pushed.type === "message" || pushed.type === "message:update";
  if (!carriesMessage || !("message" in stored)) return true;
  return isLaterMessage(pushed.message, stored.message);
}

function isLaterMessage(pushed: Message, stored: Message | undefined): boolean {
  if (stored === undefined || place(stored) !== place(pushed)) return false;
  return pushed.version === stored.version ? isDeepStrictEqual(pushed, stored) : pushed.version < stored.version;
}

/** A device that was there all along holds what one without any state reads. */
function checkDevice(
  what: string,
  { userId, conversations }: Reading,
  held: ReadonlyMap<ConversationId, readonly Message[]>,
  lives: ReadonlyMap<ConversationId, Life>,
  report: Report,
): void {
  for (const [conversationId, messages] of conversations) {
    // One who has left hears of no later change.
    const isMember = lives.get(conversationId)?.membership.last.has(userId) === true;
    const own = new Map((held.get(conversationId) ?? []).map((message) => [message.seq, message]));
    for (const message of messages) {
      const copy = own.get(message.seq);
      own.delete(message.seq);
      if (copy === undefined) report("lost", `${what} lacks ${place(message)}`);
      else if (isMember ? !isDeepStrictEqual(copy, message) : !isLaterMessage(copy, message)) {
        report("divergent", `${what} shows ${place(message)} otherwise than the conversation does`);
      }
    }
    for (const message of own.values()) report("phantom", `${what} holds ${place(message)}, which cannot be read`);
  }
  for (const [conversationId, messages] of held) {
    if (!conversations.has(conversationId) && messages.length > 0) {
      report("foreign", `${what} holds messages of ${conversationId}`);
    }
  }
}
