import { SYSTEM_SENDER, type ConversationId, type Message, type Seq } from "@im-webapp/protocol";
import type { Archive } from "../world/archive.ts";
import { keyName } from "../world/ledger.ts";
import { USERS } from "../steps.ts";
import type { Life } from "./truth.ts";

/** Sequences without a hole or a repeat, one message per key, and each message once with everybody who should have it. */
export function checkStores(
  lives: ReadonlyMap<ConversationId, Life>,
  archive: Archive,
  violate: (text: string) => void,
): void {
  const keys = new Set<string>();
  for (const life of lives.values()) {
    checkLife(life, violate);
    for (const message of life.messages) {
      if (message.senderId === SYSTEM_SENDER) continue;
      if (keys.has(keyName(message))) violate(`${keyName(message)} is stored twice`);
      keys.add(keyName(message));
    }
  }
  for (const userId of USERS) {
    const rows = archive.of(userId);
    checkRun(
      `the timeline of ${userId}`,
      rows.map(({ seq }) => seq),
      rows.length,
      violate,
    );
    const had = new Map<ConversationId, Seq>();
    for (const { seq, type, conversationId, messageSeq } of rows) {
      const life = lives.get(conversationId);
      const audience = life?.audiences.get(messageSeq ?? 0);
      const entry = `entry ${seq} of ${userId}`;
      if (type === "message") {
        const before = had.get(conversationId) ?? 0;
        if ((messageSeq ?? 0) <= before) violate(`${entry} brings ${conversationId} ${messageSeq} behind ${before}`);
        had.set(conversationId, messageSeq ?? 0);
        if (!audience?.recipients.has(userId)) violate(`${entry} is a message that is not for them`);
      }
      if (type === "message:update" && !audience?.readers.has(userId)) {
        violate(`${entry} changes a message that they may not read`);
      }
      if (life?.ever.has(userId) !== true) violate(`${entry} is of a conversation that they were never in`);
    }
    const held = new Set(
      rows.filter(({ type }) => type === "message").map((row) => `${row.conversationId} ${row.messageSeq}`),
    );
    for (const { conversationId, audiences } of lives.values()) {
      for (const [seq, { recipients }] of audiences) {
        const place = `${conversationId} ${seq}`;
        if (recipients.has(userId) && !held.has(place)) violate(`${place} is not in the timeline of ${userId}`);
      }
    }
  }
}

function checkLife(
  { conversationId, messages, lastSeq, changeSeq, changeSeqs }: Life,
  violate: (text: string) => void,
) {
  checkRun(
    conversationId,
    messages.map(({ seq }) => seq),
    lastSeq,
    violate,
  );
  if (messages.length === 0) violate(`${conversationId} is there and nobody has said anything in it`);
  const changes = messages.reduce((sum, { version }: Message) => sum + version - 1, 0);
  if (changes !== changeSeq) violate(`${conversationId} counts ${changeSeq} changes and its messages ${changes}`);
  const places = changeSeqs.filter((place) => place > 0);
  if (new Set(places).size < places.length)
    violate(`two messages of ${conversationId} are in one place of its changes`);
  const changed = messages.filter(({ version }) => version > 1).length;
  if (places.length !== changed) violate(`${conversationId} has ${changed} changed messages, ${places.length} placed`);
  if (changed > 0 && Math.max(...places) !== changeSeq)
    violate(`the last change of ${conversationId} is in no message`);
}

function checkRun(what: string, seqs: readonly Seq[], last: Seq, violate: (text: string) => void): void {
  const isRun = seqs.length === last && seqs.every((seq, index) => seq === index + 1);
  if (!isRun) violate(`${what} runs ${seqs.join(" ")}, and should to ${last}`);
}
