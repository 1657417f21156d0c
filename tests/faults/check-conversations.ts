import { isDeepStrictEqual } from "node:util";
import type { ConversationId, Message } from "@im-webapp/protocol";
import type { Attempt, ChangeAttempt, History, Reading } from "./history.ts";
import type { Life } from "./membership.ts";
import { type Report, checkRun, isSystem, keyOf, keyOfMessage, place } from "./violation.ts";

/** What conversations hold, against what was sent to them and what was asked of their messages. */
export function checkConversations(history: History, lives: ReadonlyMap<ConversationId, Life>, report: Report): void {
  const sent = new Map(history.attempts.map((attempt) => [keyOf(attempt), attempt]));
  const changes = new Map<string, ChangeAttempt[]>();
  for (const change of history.changes) {
    if (!mayHaveTakenEffect(change)) continue;
    const earlier = changes.get(place(change));
    if (earlier) earlier.push(change);
    else changes.set(place(change), [change]);
  }
  for (const [conversationId, { messages }] of lives) {
    const seqs = messages.map(({ seq }) => seq);
    checkRun(seqs, conversationId, report);
    checkSent(conversationId, messages, sent, report);
    for (const message of messages) checkChanges(message, sent, changes.get(place(message)) ?? [], report);
  }
  for (const reading of history.readings) {
    for (const [conversationId, messages] of reading.conversations) {
      const life = lives.get(conversationId);
      if (life?.membership.ever.has(reading.userId) !== true) {
        report("foreign", `${reading.userId} reads ${conversationId} without ever having been in it`);
      } else checkReading(reading, conversationId, messages, life, report);
    }
    for (const [conversationId, { membership }] of lives) {
      if (membership.ever.has(reading.userId) && !reading.conversations.has(conversationId)) {
        report("lost", `${reading.userId} reads nothing of ${conversationId}`);
      }
    }
  }
}

/** UNAVAILABLE says nothing of what became of it: the connection to the database may have ended after the commit. */
function mayHaveTakenEffect({ outcome, code }: ChangeAttempt): boolean {
  return outcome !== "refused" || code === "UNAVAILABLE";
}

/** Nothing is there that nobody sent, and nothing twice. */
function checkSent(
  conversationId: ConversationId,
  messages: readonly Message[],
  sent: ReadonlyMap<string, Attempt>,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const message of messages) {
    if (message.conversationId !== conversationId) report("foreign", `${conversationId} holds ${place(message)}`);
    if (isSystem(message)) continue;
    const key = keyOfMessage(message);
    if (seen.has(key)) report("duplicate", `${conversationId} holds ${key} twice`);
    seen.add(key);
    const attempt = sent.get(key);
    if (attempt === undefined) report("foreign", `${conversationId} holds ${key}, which nobody sent`);
    else if (attempt.conversationId !== conversationId) {
      report("foreign", `${conversationId} holds ${key}, which was sent to ${attempt.conversationId}`);
    }
  }
}

/** A message is as it was sent, or as somebody asked for it to be; what was acknowledged has taken effect. */
function checkChanges(
  message: Message,
  sent: ReadonlyMap<string, Attempt>,
  asked: readonly ChangeAttempt[],
  report: Report,
): void {
  const known = asked.filter(({ outcome }) => outcome === "acknowledged");
  const highest = Math.max(1, ...known.map(({ version }) => version ?? 1));
  if (message.version < highest) {
    report("lost", `${place(message)} is of version ${message.version}, and ${highest} was acknowledged`);
  }
  if (message.version - 1 > asked.length) {
    report("divergent", `${place(message)} is of version ${message.version}, which nobody asked for`);
  }
  const wasRecalled = known.some(({ what }) => what === "recall");
  if (message.recalledAt !== undefined) {
    if (!asked.some(({ what }) => what === "recall")) report("divergent", `nobody has recalled ${place(message)}`);
    if (message.content.kind !== "system") report("foreign", `${place(message)} was recalled and still says something`);
    return;
  }
  if (wasRecalled) report("lost", `the recall of ${place(message)}, which was acknowledged`);
  const original = sent.get(keyOfMessage(message));
  if (original === undefined) return;
  const texts = [original.text];
  for (const { what } of asked) if (typeof what === "object") texts.push(what.edit);
  if (message.content.kind !== "text" || !texts.includes(message.content.text)) {
    report("divergent", `${place(message)} says what nobody has sent or made of it`);
  }
}

/** One user reads what was said while they were in it: all of that, nothing else, as the others read it. */
function checkReading(
  { userId }: Reading,
  conversationId: ConversationId,
  messages: readonly Message[],
  { messages: all, membership }: Life,
  report: Report,
): void {
  const what = `${conversationId} as ${userId} reads it`;
  const bySeq = new Map(all.map((message) => [message.seq, message]));
  const seen = new Set<number>();
  let before = 0;
  for (const message of messages) {
    if (message.seq <= before) report("hole", `${what} has ${message.seq} behind ${before}`);
    before = message.seq;
    seen.add(message.seq);
    if (!membership.canRead(userId, message.seq)) report("foreign", `${what} holds ${place(message)}`);
    if (!isDeepStrictEqual(bySeq.get(message.seq), message)) {
      report("divergent", `${what} shows ${place(message)} otherwise than others read it`);
    }
  }
  for (const message of all) {
    if (membership.canRead(userId, message.seq) && !seen.has(message.seq)) {
      report("lost", `${what} lacks ${place(message)}`);
    }
  }
}
