import type { MessageWindow, OutgoingMessage } from "@im-webapp/client";
import type { EpochMs, Message, Seq, SystemContent, UserId } from "@im-webapp/protocol";
import { dayNumber } from "../../lib/time.ts";

/** Messages of one sender that follow each other within this time form a group, in milliseconds. */
const GROUP_MS = 3 * 60_000;

/** Where a message stands in its sender's group: the first shows who speaks, the last shows when. */
export interface GroupPlace {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** One row of a conversation. `key` stays the same while the row means the same, also when a waiting message is sent. */
export type TimelineItem =
  | { readonly kind: "head"; readonly key: string }
  | { readonly kind: "day"; readonly key: string; readonly at: EpochMs }
  | { readonly kind: "unread"; readonly key: string }
  | {
      readonly kind: "system";
      readonly key: string;
      readonly seq: Seq;
      readonly content: SystemContent;
      readonly at: EpochMs;
    }
  | ({ readonly kind: "message"; readonly key: string; readonly message: Message } & GroupPlace)
  | ({ readonly kind: "outgoing"; readonly key: string; readonly outgoing: OutgoingMessage } & GroupPlace);

interface TimelineContext {
  readonly ownId: UserId;
  /** Where reading began when the conversation was opened; null when everything was read. */
  readonly readSeq: Seq | null;
  readonly timeZone?: string | undefined;
}

interface Spoken {
  readonly senderId: UserId;
  readonly at: EpochMs;
}

/** What this person has done themself is no news to them. */
const isBy = (userId: UserId, { senderId, content }: Message) =>
  senderId === userId || (content.kind === "system" && "by" in content && content.by === userId);

const isTogether = (a: Spoken, b: Spoken) => a.senderId === b.senderId && Math.abs(b.at - a.at) <= GROUP_MS;

/** The key of a message's row. */
export function messageKey({ senderId, clientMessageId }: Pick<Message, "senderId" | "clientMessageId">): string {
  return `m:${senderId}:${clientMessageId}`;
}

/**
 * The rows of a conversation, from the oldest message in memory to the newest: day separators, the divider before the
 * first message that was unread on opening, system entries, and messages in groups by sender and time. Pure; the first
 * row is always the head, which says whether there is more.
 */
export function timelineItems(
  { messages, outgoing }: Pick<MessageWindow, "messages" | "outgoing">,
  { ownId, readSeq, timeZone }: TimelineContext,
): TimelineItem[] {
  const items: TimelineItem[] = [{ kind: "head", key: "head" }];
  let day: number | null = null;
  let isDivided = readSeq === null;
  let before: Spoken | null = null;

  const startDay = (at: EpochMs) => {
    const next = dayNumber(at, timeZone);
    if (next === day) return;
    day = next;
    before = null;
    items.push({ kind: "day", key: `day:${next}`, at });
  };
  const endGroup = () => {
    before = null;
  };
  const place = (spoken: Spoken): GroupPlace => {
    const isFirst = before === null || !isTogether(before, spoken);
    const last = items.at(-1);
    if (!isFirst && (last?.kind === "message" || last?.kind === "outgoing")) {
      items[items.length - 1] = { ...last, isLast: false };
    }
    before = spoken;
    return { isFirst, isLast: true };
  };

  for (const message of messages) {
    // What this person has deleted for themself leaves no trace.
    if (message.content.kind === "system" && message.content.event === "message.deleted") continue;
    startDay(message.sentAt);
    if (!isDivided && readSeq !== null && message.seq > readSeq && !isBy(ownId, message)) {
      isDivided = true;
      endGroup();
      items.push({ kind: "unread", key: "unread" });
    }
    const key = messageKey(message);
    if (message.content.kind === "system") {
      endGroup();
      items.push({ kind: "system", key, seq: message.seq, content: message.content, at: message.sentAt });
    } else {
      const grouped = place({ senderId: message.senderId, at: message.sentAt });
      items.push({ kind: "message", key, message, ...grouped });
    }
  }
  for (const message of outgoing) {
    startDay(message.createdAt);
    const grouped = place({ senderId: ownId, at: message.createdAt });
    items.push({
      kind: "outgoing",
      key: messageKey({ senderId: ownId, clientMessageId: message.clientMessageId }),
      outgoing: message,
      ...grouped,
    });
  }
  return items;
}
