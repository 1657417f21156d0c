import type { ConversationId, Message, SendResponse, Seq } from "@im-webapp/protocol";
import { type Calls, type Changing, type Sending, isOpen } from "../world/calls.ts";
import { keyName } from "../world/ledger.ts";
import type { Node } from "../world/node.ts";
import type { Life } from "./truth.ts";

type Violate = (text: string) => void;

/** What was answered has happened, and nothing has happened that nobody asked for. */
export function checkAnswers(calls: Calls, lives: ReadonlyMap<ConversationId, Life>, violate: Violate): void {
  const stored = new Map<string, Message>();
  for (const { messages } of lives.values()) for (const message of messages) stored.set(keyName(message), message);
  for (const sending of calls.sendings) checkSending(sending, stored.get(keyName(sending)), violate);
  checkOrder(calls.sendings, lives, violate);
  const sent = new Map(calls.sendings.map((sending) => [keyName(sending), sending]));
  for (const { conversationId, messages } of lives.values()) {
    for (const message of messages) {
      const asked = calls.changings.filter(
        (changing) => changing.conversationId === conversationId && changing.seq === message.seq,
      );
      checkMessage(message, sent.get(keyName(message)), asked, violate);
    }
  }
  for (const life of lives.values()) checkReading(life, calls, violate);
}

function acknowledged({ outcomes }: Sending): SendResponse[] {
  return outcomes.flatMap((outcome) => (outcome && "ok" in outcome ? [outcome.ok] : []));
}

function checkSending(sending: Sending, message: Message | undefined, violate: Violate): void {
  const name = keyName(sending);
  const acks = acknowledged(sending);
  const [ack] = acks;
  if (!ack) {
    if (message && !sending.outcomes.some(isOpen)) violate(`${name} was refused each time and is stored`);
    return;
  }
  if (!message) return violate(`${name} was acknowledged and is not stored`);
  const { messageId, conversationId, seq, sentAt } = message;
  for (const { duplicate: _duplicate, ...said } of acks) {
    const isSame =
      said.messageId === messageId &&
      said.conversationId === conversationId &&
      said.seq === seq &&
      said.sentAt === sentAt;
    if (!isSame) violate(`${name} was acknowledged as ${JSON.stringify(said)} and is ${messageId} of ${sentAt}`);
  }
  if (conversationId !== sending.conversationId) violate(`${name} is in ${conversationId}`);
  if (acks.filter(({ duplicate }) => !duplicate).length > 1) violate(`${name} was called new twice`);
}

/**
 * What one node was sent first for a conversation is there in that order; and what a sender sent behind a message that
 * was refused for now has not overtaken it.
 */
function checkOrder(sendings: readonly Sending[], lives: ReadonlyMap<ConversationId, Life>, violate: Violate): void {
  const last = new Map<Node, Map<ConversationId, Seq>>();
  for (const sending of sendings) {
    const [first] = sending.outcomes;
    if (!first || !("ok" in first) || first.ok.duplicate) continue;
    const ofNode = last.get(sending.node) ?? new Map<ConversationId, Seq>();
    last.set(sending.node, ofNode);
    const { conversationId, seq } = first.ok;
    if (seq < (ofNode.get(conversationId) ?? 0)) violate(`${keyName(sending)} has overtaken what was sent before it`);
    ofNode.set(conversationId, seq);
    const life = lives.get(conversationId);
    if (!life || !isFaithful(life, sending)) continue;
    const overtaken = sending.ahead.filter((ahead) => {
      // What it answers may be missing: then it is refused, for now only if that cannot be looked up.
      if (ahead.replyTo > 0) return false;
      const [refused] = ahead.outcomes;
      const isRefused = refused && "code" in refused && refused.code === "UNAVAILABLE";
      return isRefused && ahead.senderId === sending.senderId && acknowledged(ahead).every((ack) => ack.seq > seq);
    });
    for (const ahead of overtaken)
      violate(`${keyName(sending)} has overtaken ${keyName(ahead)}, which waited before it`);
  }
}

/** Whether the sender is in it from its beginning to its end: nothing but trouble can refuse their messages. */
function isFaithful({ active, joins }: Life, { senderId }: Sending): boolean {
  return active.has(senderId) && joins.every(({ userId, seq }) => userId !== senderId || seq === 1);
}

function checkMessage(
  message: Message,
  sending: Sending | undefined,
  asked: readonly Changing[],
  violate: Violate,
): void {
  const name = `${message.conversationId} ${message.seq}`;
  const { content, version, recalledAt } = message;
  if (!sending) {
    // Reactions change a system message, and nothing else does.
    if (content.kind !== "system") violate(`${name} was never sent`);
    return;
  }
  const open = asked.filter(({ outcome }) => isOpen(outcome));
  const done = asked.filter(({ outcome }) => outcome !== undefined && "ok" in outcome);
  if (version - 1 > open.length + done.length) violate(`${name} has changed ${version - 1} times, unasked`);
  for (const { what, outcome } of done) {
    if (!outcome || !("ok" in outcome)) continue;
    const said = outcome.ok.version;
    if (version < said) violate(`${name} is of version ${version}, and ${said} was acknowledged`);
    if (what === "recall" && recalledAt === undefined) violate(`${name} was recalled and is still there`);
    const isThat = typeof what !== "object" || !("text" in what) || said < version || says(message, what.text);
    if (!isThat) violate(`${name} does not say what it was edited to`);
  }
  if (recalledAt !== undefined) {
    if (![...open, ...done].some(({ what }) => what === "recall")) violate(`nobody has recalled ${name}`);
    if (content.kind !== "system") violate(`${name} was recalled and still says something`);
    return;
  }
  const words = [...open, ...done].flatMap(({ what }) => (typeof what === "object" && "text" in what ? what.text : []));
  if (![...sending.texts, ...words].some((text) => says(message, text))) violate(`${name} says what nobody wrote`);
}

function says({ content }: Message, text: string): boolean {
  return content.kind === "text" && content.text === text;
}

/** A read position is where its user read to, or sent, or joined: no further, and no less far than was answered. */
function checkReading(
  { conversationId, messages, readSeqs, joins, lastSeq }: Life,
  calls: Calls,
  violate: Violate,
): void {
  for (const [userId, readSeq] of readSeqs) {
    const own = messages.filter(({ senderId }) => senderId === userId).map(({ seq }) => seq);
    const came = joins.filter((join) => join.userId === userId).map(({ seq }) => seq - 1);
    const marks = calls.markings.filter((mark) => mark.userId === userId && mark.conversationId === conversationId);
    const answered = marks.flatMap(({ outcome }) => (outcome && "ok" in outcome ? [outcome.ok.readSeq] : []));
    const least = Math.max(0, ...own, ...came, ...answered);
    const most = Math.min(lastSeq, Math.max(least, ...marks.map(({ seq }) => seq)));
    if (readSeq < least || readSeq > most) {
      violate(`${userId} has read ${conversationId} up to ${readSeq}, not ${least} to ${most}`);
    }
  }
}
