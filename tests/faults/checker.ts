import { isDeepStrictEqual } from "node:util";
import type { Message } from "@im-webapp/protocol";
import type { Attempt, History, Reading } from "./history.ts";

/** What can be wrong with a history. */
export type ViolationKind =
  /** An acknowledged message is missing from a store. */
  | "lost"
  /** One (sender, clientMessageId) is there twice, or one message twice in a timeline. */
  | "duplicate"
  /** A sequence does not run 1, 2, 3 …: a number is missing or repeated. */
  | "hole"
  /** A timeline, or a sender's socket, has messages of a conversation in another order than the conversation. */
  | "reordered"
  /** Something that nobody sent there, or that this user may not see. */
  | "foreign"
  /** Two places show one message differently. */
  | "divergent"
  /** An acknowledgement contradicts the store or another acknowledgement. */
  | "acknowledgement"
  /** Something was pushed that the timeline does not hold. */
  | "phantom";

export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
}

type Report = (kind: ViolationKind, detail: string) => void;

const keyOf = ({ sender, clientMessageId }: Pick<Attempt, "sender" | "clientMessageId">) =>
  `${sender} ${clientMessageId}`;
const keyOfMessage = ({ senderId, clientMessageId }: Message) => `${senderId} ${clientMessageId}`;
const place = ({ conversationId, seq }: { conversationId: string; seq: number }) => `${conversationId}#${seq}`;

/** What the server says by itself, such as who joined. Nobody sends it. */
const isSystem = (message: Message) => message.content.kind === "system";

/** Whether the numbers run 1, 2, 3 …; the first that does not is reported. */
function checkRun(seqs: readonly number[], what: string, report: Report): void {
  for (const [index, seq] of seqs.entries()) {
    if (seq !== index + 1) {
      report("hole", `${what} has ${seq} where ${index + 1} should be`);
      return;
    }
  }
}

/** One conversation as one user reads it. */
function checkConversation(
  { userId }: Reading,
  conversationId: string,
  messages: readonly Message[],
  sent: ReadonlyMap<string, Attempt>,
  report: Report,
): void {
  const what = `${conversationId} as ${userId} reads it`;
  checkRun(
    messages.map(({ seq }) => seq),
    what,
    report,
  );
  const seen = new Set<string>();
  for (const message of messages) {
    if (message.conversationId !== conversationId) report("foreign", `${what} holds ${place(message)}`);
    if (isSystem(message)) continue;
    const key = keyOfMessage(message);
    if (seen.has(key)) report("duplicate", `${what} holds ${key} twice`);
    seen.add(key);
    const attempt = sent.get(key);
    if (attempt === undefined) {
      report("foreign", `${what} holds ${key}, which nobody sent`);
    } else if (attempt.conversationId !== conversationId) {
      report("foreign", `${what} holds ${key}, which was sent to ${attempt.conversationId}`);
    } else if (message.content.kind !== "text" || message.content.text !== attempt.text) {
      report("divergent", `${what} holds ${key} with another content than was sent`);
    }
  }
}

/** One user's timeline, against the conversations as the same user reads them. */
function checkTimeline(reading: Reading, history: History, report: Report): void {
  const what = `the timeline of ${reading.userId}`;
  checkRun(
    reading.timeline.map(({ seq }) => seq),
    what,
    report,
  );
  const stored = new Map([...reading.conversations.values()].flat().map((message) => [place(message), message]));
  const seen = new Set<string>();
  const lastSeq = new Map<string, number>();
  for (const entry of reading.timeline) {
    if (entry.type !== "message") continue;
    const { message } = entry;
    if (seen.has(place(message))) report("duplicate", `${what} holds ${place(message)} twice`);
    seen.add(place(message));
    if (history.members.get(message.conversationId)?.has(reading.userId) !== true) {
      report("foreign", `${what} holds ${place(message)}, whose conversation the user is not in`);
      continue;
    }
    const before = lastSeq.get(message.conversationId) ?? 0;
    if (message.seq < before) report("reordered", `${what} has ${place(message)} behind #${before}`);
    lastSeq.set(message.conversationId, Math.max(before, message.seq));
    if (!isDeepStrictEqual(stored.get(place(message)), message)) {
      report("divergent", `${what} shows ${place(message)} otherwise than the conversation does`);
    }
  }
  for (const key of stored.keys()) if (!seen.has(key)) report("lost", `${what} lacks ${key}`);
}

/** Members read the same conversation. */
function checkAgreement({ readings }: History, report: Report): void {
  const first = new Map<string, { userId: string; messages: readonly Message[] }>();
  for (const { userId, conversations } of readings) {
    for (const [conversationId, messages] of conversations) {
      const other = first.get(conversationId);
      if (other === undefined) first.set(conversationId, { userId, messages });
      else if (!isDeepStrictEqual(other.messages, messages)) {
        report("divergent", `${userId} and ${other.userId} read ${conversationId} differently`);
      }
    }
  }
}

/** Every acknowledged message is where its acknowledgement says, for every member. */
function checkAcknowledgements({ attempts, members, readings }: History, report: Report): void {
  const first = new Map<string, Attempt>();
  for (const attempt of attempts) {
    const { acknowledgement } = attempt;
    if (attempt.outcome !== "acknowledged" || acknowledgement === undefined) continue;
    const key = keyOf(attempt);
    const earlier = first.get(key)?.acknowledgement;
    if (earlier === undefined) first.set(key, attempt);
    else {
      const same = { ...acknowledgement, duplicate: earlier.duplicate };
      if (!isDeepStrictEqual(same, earlier)) report("acknowledgement", `${key} was acknowledged in two ways`);
      if (!acknowledgement.duplicate) report("acknowledgement", `${key} was acknowledged as new twice`);
    }
  }
  for (const { userId, conversations } of readings) {
    const read = new Map([...conversations.values()].flat().map((message) => [keyOfMessage(message), message]));
    for (const [key, { acknowledgement, conversationId }] of first) {
      if (acknowledgement === undefined || members.get(conversationId)?.has(userId) !== true) continue;
      const message = read.get(key);
      if (message === undefined) {
        report("lost", `${key}, acknowledged at ${place(acknowledgement)}, is not in what ${userId} reads`);
      } else if (
        message.seq !== acknowledgement.seq ||
        message.messageId !== acknowledgement.messageId ||
        message.sentAt !== acknowledgement.sentAt ||
        message.conversationId !== acknowledgement.conversationId
      ) {
        report("acknowledgement", `${key} is at ${place(message)}, acknowledged at ${place(acknowledgement)}`);
      }
    }
  }
}

/** What one socket sent to one conversation, and was acknowledged as new, is there in the order of being sent. */
function checkSendOrder({ attempts }: History, report: Report): void {
  const lastSeq = new Map<string, number>();
  for (const { outcome, acknowledgement, socket, conversationId, ...attempt } of attempts) {
    if (outcome !== "acknowledged" || acknowledgement === undefined || acknowledgement.duplicate) continue;
    const lane = `${socket} ${conversationId}`;
    const before = lastSeq.get(lane) ?? 0;
    if (acknowledgement.seq < before) {
      report("reordered", `${keyOf(attempt)} took #${acknowledgement.seq} in ${conversationId}, sent after #${before}`);
    }
    lastSeq.set(lane, acknowledgement.seq);
  }
}

/** A push comes after the commit, so that the timeline holds all that was pushed. */
function checkPushes({ userId, timeline, pushed }: Reading, report: Report): void {
  const bySeq = new Map(timeline.map((entry) => [entry.seq, entry]));
  for (const entry of pushed.flat()) {
    const stored = bySeq.get(entry.seq);
    // Entries of other types show their subject as it is when read, which may have changed since the push.
    const same = entry.type === "message" ? isDeepStrictEqual(stored, entry) : stored?.type === entry.type;
    if (!same) report("phantom", `${userId} was pushed entry ${entry.seq}, which the timeline does not hold as such`);
  }
}

/**
 * Compares what clients sent and saw in a run without edits, reads or changes of membership. It knows nothing of the
 * server but the wire contract. Gives every violation found, none for a sound history.
 */
export function check(history: History): Violation[] {
  const violations: Violation[] = [];
  const report: Report = (kind, detail) => void violations.push({ kind, detail });
  const sent = new Map(history.attempts.map((attempt) => [keyOf(attempt), attempt]));
  for (const reading of history.readings) {
    for (const [conversationId, messages] of reading.conversations) {
      if (history.members.get(conversationId)?.has(reading.userId) !== true) {
        report("foreign", `${reading.userId} reads ${conversationId} without being in it`);
      }
      checkConversation(reading, conversationId, messages, sent, report);
    }
    checkTimeline(reading, history, report);
    checkPushes(reading, report);
  }
  checkAgreement(history, report);
  checkAcknowledgements(history, report);
  checkSendOrder(history, report);
  return violations;
}
