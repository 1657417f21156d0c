import { isDeepStrictEqual } from "node:util";
import type { ConversationId, ErrorCode } from "@im-webapp/protocol";
import type { Attempt, History } from "./history.ts";
import type { Life } from "./membership.ts";
import { type Report, keyOf, keyOfMessage, place } from "./violation.ts";

/** What a call may be refused with in a run: put off, or not allowed to somebody who has just left or to a recalled message. */
const ALLOWED: ReadonlySet<ErrorCode> = new Set([
  "UNAVAILABLE",
  "RATE_LIMITED",
  "NOT_MEMBER",
  "NOT_FOUND",
  "FORBIDDEN",
]);

/** What was answered, against what is stored. */
export function checkAnswers(history: History, lives: ReadonlyMap<ConversationId, Life>, report: Report): void {
  checkAcknowledgements(history, lives, report);
  checkSendOrder(history, report);
  checkReads(history, report);
  for (const { code } of [...history.attempts, ...history.changes]) {
    if (code !== undefined && !ALLOWED.has(code)) report("refused", `a call was refused with ${code}`);
  }
}

/** Every acknowledged message is where its acknowledgement says, for every member. */
function checkAcknowledgements(
  { attempts, readings }: History,
  lives: ReadonlyMap<ConversationId, Life>,
  report: Report,
): void {
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
      if (acknowledgement === undefined) continue;
      if (lives.get(conversationId)?.membership.canRead(userId, acknowledgement.seq) !== true) continue;
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

/** A read position that was acknowledged never goes back, and what is unread follows from it. */
function checkReads({ reads, readings }: History, report: Report): void {
  for (const { userId, list } of readings) {
    const views = new Map(list.map((view) => [view.conversationId, view]));
    for (const read of reads) {
      if (read.userId !== userId) continue;
      const view = views.get(read.conversationId);
      if (view === undefined || view.readSeq < read.readSeq) {
        report("lost", `${userId} had read ${place({ ...read, seq: read.readSeq })}, and now up to ${view?.readSeq}`);
      }
    }
    for (const { conversationId, lastSeq, readSeq, unread } of list) {
      if (unread !== lastSeq - readSeq) {
        report("divergent", `${userId} has ${unread} unread in ${conversationId}: #${lastSeq} after #${readSeq}`);
      }
    }
  }
}
