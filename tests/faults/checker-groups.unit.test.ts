import type { Message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { check } from "./checker.ts";
import type { History } from "./history.ts";
import { AT, type Draft, messageOf, soundHistory, viewOf } from "./sample-history.ts";
import type { ViolationKind } from "./violation.ts";

/** A history with a group that is read from the conversation: more members than are written to each timeline. */
function largeHistory(): Draft {
  const history = soundHistory();
  history.fanoutMaxMembers = 2;
  for (const { timeline, pushed, groupPushed, conversations } of history.readings) {
    const own = timeline.filter((entry) => entry.type !== "message" || entry.message.conversationId !== "group");
    timeline.splice(0, timeline.length, ...own.map((entry, index) => ({ ...entry, seq: index + 1 })));
    pushed.splice(0, pushed.length, structuredClone(timeline));
    const messages = structuredClone(conversations.get("group")!);
    groupPushed.push({ conversationId: "group", messages, changes: [], lastSeq: 4, changeSeq: 0 });
  }
  return history;
}

/** Cid was removed with message 5, Dai came with 6, and Ann said something after each. */
function movingHistory(): Draft {
  const history = soundHistory();
  const system = (seq: number, content: Message["content"]): Message => ({
    ...messageOf("group", seq, "system", `s${seq}`),
    content,
  });
  const said = messageOf("group", 7, "ann", "g7");
  const moves = [
    system(5, { kind: "system", event: "member.removed", by: "ann", userIds: ["cid"] }),
    system(6, { kind: "system", event: "member.added", by: "ann", userIds: ["dai"] }),
    said,
  ];
  history.attempts.push({
    sender: "ann",
    clientMessageId: "g7",
    conversationId: "group",
    text: "text of g7",
    socket: "ann-1",
    outcome: "acknowledged",
    acknowledgement: { messageId: "group-7", conversationId: "group", seq: 7, sentAt: said.sentAt, duplicate: false },
  });
  history.readings.push({
    userId: "dai",
    timeline: [],
    conversations: new Map([["group", []]]),
    pushed: [],
    groupPushed: [],
    list: [viewOf("group", 7, 5)],
    devices: [],
  });
  for (const reading of history.readings) {
    const seen = moves.filter(({ seq }) =>
      reading.userId === "cid" ? seq === 5 : reading.userId !== "dai" || seq > 5,
    );
    for (const message of seen) give(reading, message);
  }
  return history;
}

/** Puts a message where a member has it. */
function give({ conversations, timeline }: Draft["readings"][number], message: Message): void {
  conversations.get(message.conversationId)?.push(structuredClone(message));
  timeline.push({ seq: timeline.length + 1, type: "message", at: AT, message: structuredClone(message) });
}

const readingOf = (history: Draft, userId: string) => history.readings.find((one) => one.userId === userId)!;

function kinds(history: Draft, harm: (history: Draft) => void): Set<ViolationKind> {
  expect(check(history satisfies History), "before the harm").toEqual([]);
  harm(history);
  return new Set(check(history).map(({ kind }) => kind));
}

describe("of a large group", () => {
  it("a message in a timeline is found", () => {
    expect(
      kinds(largeHistory(), (history) => {
        const { timeline, conversations } = readingOf(history, "cid");
        timeline.push({ seq: 1, type: "message", at: AT, message: conversations.get("group")![3]! });
      }),
    ).toEqual(new Set(["phantom"]));
  });

  it("a mention is an entry, and its lack is found", () => {
    const history = largeHistory();
    for (const { userId, conversations, timeline, groupPushed } of history.readings) {
      const mention = { ...conversations.get("group")![3]!, mentions: ["bob"] };
      conversations.get("group")![3] = mention;
      groupPushed.length = 0;
      if (userId === "bob") timeline.push({ seq: timeline.length + 1, type: "message", at: AT, message: mention });
    }
    expect(kinds(history, (harmed) => void readingOf(harmed, "bob").timeline.pop())).toEqual(new Set(["lost"]));
  });

  it("a push of what the conversation does not hold is found", () => {
    expect(
      kinds(largeHistory(), (history) => {
        readingOf(history, "cid").groupPushed[0]!.messages.push(messageOf("group", 5, "ann", "gone"));
      }),
    ).toEqual(new Set(["phantom"]));
  });

  it("a push of a later version than is stored is found, an earlier one is no fault", () => {
    const pushed = (version: number) =>
      kinds(largeHistory(), (history) => {
        for (const { conversations, groupPushed } of history.readings) {
          conversations.get("group")![3]!.version = 3;
          groupPushed[0]!.messages[3]!.version = version;
        }
        history.changes.push(
          { by: "bob", conversationId: "group", seq: 4, what: "react", outcome: "unknown" },
          { by: "bob", conversationId: "group", seq: 4, what: "react", outcome: "acknowledged", version: 3 },
        );
      });
    expect([pushed(1), pushed(2), pushed(3)]).toEqual([new Set(), new Set(), new Set()]);
    expect(pushed(4)).toEqual(new Set(["phantom"]));
  });
});

describe("somebody who was not in it at that moment", () => {
  it("and reads it nevertheless is found: after leaving, before joining", () => {
    for (const [userId, at] of [
      ["cid", 7],
      ["dai", 4],
    ] as const) {
      expect(
        kinds(movingHistory(), (history) => {
          const foreign = readingOf(history, "ann").conversations.get("group")![at - 1]!;
          const messages = readingOf(history, userId).conversations.get("group")!;
          messages.push(structuredClone(foreign));
          messages.sort((a, b) => a.seq - b.seq);
        }),
        userId,
      ).toContain("foreign");
    }
  });

  it("and has it in the timeline, or was pushed it, is found", () => {
    const seven = (history: Draft) => structuredClone(readingOf(history, "ann").conversations.get("group")![6]!);
    expect(
      kinds(movingHistory(), (history) => {
        const { timeline } = readingOf(history, "cid");
        timeline.push({ seq: timeline.length + 1, type: "message", at: AT, message: seven(history) });
      }),
    ).toEqual(new Set(["foreign"]));
    expect(
      kinds(movingHistory(), (history) => {
        const push = { conversationId: "group", messages: [], changes: [seven(history)], lastSeq: 7, changeSeq: 1 };
        readingOf(history, "cid").groupPushed.push(push);
      }),
    ).toEqual(new Set(["foreign"]));
  });
});

describe("somebody who was in it at that moment", () => {
  it("and lacks it is found: the word of one's removal, the first message after joining", () => {
    for (const [userId, seq] of [
      ["cid", 5],
      ["dai", 6],
    ] as const) {
      expect(
        kinds(movingHistory(), (history) => {
          const { conversations } = readingOf(history, userId);
          conversations.set(
            "group",
            conversations.get("group")!.filter((message) => message.seq !== seq),
          );
        }),
        userId,
      ).toContain("lost");
      expect(
        kinds(movingHistory(), (history) => {
          const { timeline } = readingOf(history, userId);
          const index = timeline.findIndex((entry) => entry.type === "message" && entry.message.seq === seq);
          timeline.splice(index, 1);
          for (const [place, entry] of timeline.entries()) entry.seq = place + 1;
        }),
        userId,
      ).toContain("lost");
    }
  });
});
