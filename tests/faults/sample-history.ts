import type { Conversation, Entry, GroupPushEvent, Message } from "@im-webapp/protocol";
import type { Attempt, ChangeAttempt, ReadMark } from "./history.ts";

/** When everything in the sample began, in epoch milliseconds. */
export const AT = 1_700_000_000_000;

export type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** A history that a test can spoil. */
export interface Draft {
  attempts: Writable<Attempt>[];
  members: Map<string, Set<string>>;
  changes: Writable<ChangeAttempt>[];
  reads: ReadMark[];
  readings: {
    userId: string;
    timeline: Entry[];
    conversations: Map<string, Message[]>;
    pushed: Entry[][];
    groupPushed: GroupPushEvent[];
    list: Conversation[];
    devices: { name: string; entries: Entry[]; conversations: Map<string, Message[]> }[];
  }[];
  fanoutMaxMembers: number;
}

export function messageOf(conversationId: string, seq: number, senderId: string, clientMessageId: string): Message {
  return {
    messageId: `${conversationId}-${seq}`,
    conversationId,
    seq,
    senderId,
    sentAt: AT + seq,
    content: { kind: "text", text: `text of ${clientMessageId}` },
    version: 1,
    clientMessageId,
  };
}

/** A conversation of which so much was read. */
export function viewOf(conversationId: string, lastSeq: number, readSeq: number): Conversation {
  return {
    conversationId,
    type: conversationId === "direct" ? "direct" : "group",
    lastSeq,
    changeSeq: 0,
    readSeq,
    unread: lastSeq - readSeq,
    pinned: false,
    muted: false,
    hidden: false,
  };
}

/** Ann and Bob in a direct conversation, Ann, Bob and Cid in a group; three messages each, all acknowledged. */
export function soundHistory(): Draft {
  const members = new Map([
    ["direct", new Set(["ann", "bob"])],
    ["group", new Set(["ann", "bob", "cid"])],
  ]);
  const conversations = new Map([
    [
      "direct",
      [messageOf("direct", 1, "ann", "d1"), messageOf("direct", 2, "bob", "d2"), messageOf("direct", 3, "ann", "d3")],
    ],
    [
      "group",
      [
        {
          ...messageOf("group", 1, "system", "made"),
          content: { kind: "system", event: "group.created", by: "ann", userIds: ["bob", "cid"], name: "g" },
        } satisfies Message,
        messageOf("group", 2, "cid", "g2"),
        messageOf("group", 3, "cid", "g3"),
        messageOf("group", 4, "ann", "g4"),
      ],
    ],
  ]);
  const attempts = [...conversations.values()].flat().flatMap((message): Writable<Attempt>[] => {
    if (message.content.kind !== "text") return [];
    const { messageId, conversationId, seq, sentAt, senderId, clientMessageId } = message;
    return [
      {
        sender: senderId,
        clientMessageId,
        conversationId,
        text: message.content.text,
        socket: `${senderId}-1`,
        outcome: "acknowledged",
        acknowledgement: { messageId, conversationId, seq, sentAt, duplicate: false },
      },
    ];
  });
  const readings = ["ann", "bob", "cid"].map((userId) => {
    const own = [...conversations].filter(([conversationId]) => members.get(conversationId)?.has(userId) === true);
    const timeline = own
      .flatMap(([, messages]) => messages)
      .map((message, index): Entry => ({ seq: index + 1, type: "message", at: message.sentAt, message }));
    // A copy of its own, so that spoiling what one user reads leaves the others' alone.
    return structuredClone({
      userId,
      timeline,
      conversations: new Map(own.map(([conversationId, messages]) => [conversationId, [...messages]])),
      pushed: [timeline.slice(0, 2), timeline.slice(1)],
      groupPushed: [],
      list: own.map(([conversationId, messages]) => viewOf(conversationId, messages.length, 1)),
      devices: [],
    });
  });
  return { attempts, changes: [], reads: [], members, readings, fanoutMaxMembers: 4 };
}
