import type { Message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { check } from "./checker.ts";
import type { ChangeAttempt, History } from "./history.ts";
import { AT, type Draft, messageOf, soundHistory } from "./sample-history.ts";
import type { ViolationKind } from "./violation.ts";

/** Ann's `d3`, as everybody who may see it has it. */
function change(history: Draft, make: (message: Message) => Message): void {
  for (const { conversations, timeline, pushed } of history.readings) {
    const messages = conversations.get("direct");
    if (messages?.[2]) messages[2] = make(messages[2]);
    for (const entry of timeline) {
      if (entry.type === "message" && entry.message.clientMessageId === "d3") entry.message = make(entry.message);
    }
    pushed.length = 0;
  }
}

const asked = (more: Partial<ChangeAttempt>): ChangeAttempt => ({
  by: "ann",
  conversationId: "direct",
  seq: 3,
  what: { edit: "edited" },
  outcome: "acknowledged",
  version: 2,
  ...more,
});

const edited = (message: Message): Message => ({
  ...message,
  content: { kind: "text", text: "edited" },
  version: 2,
  editedAt: AT + 9,
});

const recalled = (message: Message): Message => ({
  ...message,
  content: { kind: "system", event: "message.recalled", by: "ann" },
  version: 2,
  recalledAt: AT + 9,
});

function kindsOf(harm: (history: Draft) => void): Set<ViolationKind> {
  const history = soundHistory();
  harm(history);
  return new Set(check(history satisfies History).map(({ kind }) => kind));
}

describe("a change", () => {
  it("that was asked for is no fault, also when nobody heard of it or it was put off", () => {
    for (const outcome of ["acknowledged", "unknown"] as const) {
      const { version, ...unanswered } = asked({ outcome });
      expect(
        kindsOf((history) => {
          history.changes.push(outcome === "acknowledged" ? { ...unanswered, version: version! } : unanswered);
          change(history, edited);
        }),
      ).toEqual(new Set());
    }
    expect(
      kindsOf((history) => {
        const { version: _none, ...refused } = asked({ outcome: "refused", code: "UNAVAILABLE" });
        history.changes.push(refused);
        change(history, edited);
      }),
    ).toEqual(new Set());
    expect(
      kindsOf((history) => {
        history.changes.push(asked({ what: "recall" }));
        change(history, recalled);
      }),
    ).toEqual(new Set());
  });

  it("that was acknowledged and is not there is found", () => {
    expect(kindsOf((history) => void history.changes.push(asked({})))).toEqual(new Set(["lost"]));
    expect(
      kindsOf((history) => {
        history.changes.push(asked({ what: "recall" }), asked({ what: "react", outcome: "unknown" }));
        change(history, (message) => ({ ...message, version: 2 }));
      }),
    ).toEqual(new Set(["lost"]));
  });

  it("that nobody asked for is found", () => {
    expect(kindsOf((history) => change(history, edited))).toEqual(new Set(["divergent"]));
    expect(kindsOf((history) => change(history, recalled))).toEqual(new Set(["divergent"]));
    expect(kindsOf((history) => change(history, (message) => ({ ...message, version: 2 })))).toEqual(
      new Set(["divergent"]),
    );
    expect(
      kindsOf((history) => {
        const { version: _none, ...refused } = asked({ outcome: "refused", code: "FORBIDDEN" });
        history.changes.push(refused);
        change(history, edited);
      }),
    ).toEqual(new Set(["divergent"]));
  });

  it("that leaves in a recalled message what it said is found", () => {
    expect(
      kindsOf((history) => {
        history.changes.push(asked({ what: "recall" }));
        change(history, (message) => ({ ...recalled(message), content: message.content }));
      }),
    ).toEqual(new Set(["foreign"]));
  });

  it("told to somebody who may not see the message is found", () => {
    expect(
      kindsOf((history) => {
        const { timeline } = history.readings.find(({ userId }) => userId === "cid")!;
        const message = messageOf("direct", 3, "ann", "d3");
        timeline.push({ seq: timeline.length + 1, type: "message:update", at: AT, message });
      }),
    ).toEqual(new Set(["foreign"]));
  });
});

describe("a device that was there all along", () => {
  /** Bob's, as it should be. */
  const withDevice = (harm: (device: Draft["readings"][number]["devices"][number]) => void) =>
    kindsOf((history) => {
      const { timeline, conversations, devices } = history.readings.find(({ userId }) => userId === "bob")!;
      devices.push(structuredClone({ name: "phone", entries: timeline, conversations }));
      harm(devices[0]!);
    });

  it("that holds what a fresh one reads is no fault", () => {
    expect(withDevice(() => undefined)).toEqual(new Set());
  });

  it("that lacks a message or an entry is found", () => {
    expect(withDevice(({ conversations }) => void conversations.get("group")!.pop())).toEqual(new Set(["lost"]));
    expect(withDevice(({ conversations }) => void conversations.delete("direct"))).toEqual(new Set(["lost"]));
    expect(withDevice(({ entries }) => void entries.pop())).toEqual(new Set(["lost"]));
  });

  it("that applied entries with a hole, twice or in another order is found", () => {
    expect(withDevice(({ entries }) => void (entries[2]!.seq += 1))).toEqual(new Set(["hole"]));
    expect(withDevice(({ entries }) => void entries.push(entries[0]!))).toContain("hole");
    expect(withDevice(({ entries }) => void entries.push(...entries.splice(0, 1)))).toEqual(new Set(["hole"]));
  });

  it("that shows a message in an earlier version, or otherwise, is found", () => {
    expect(
      withDevice(({ conversations }) => {
        conversations.get("direct")![1]!.content = { kind: "text", text: "something else" };
      }),
    ).toEqual(new Set(["divergent"]));
  });

  it("that holds what nobody else can read is found", () => {
    expect(
      withDevice(({ conversations }) => void conversations.get("direct")!.push(messageOf("direct", 4, "ann", "gone"))),
    ).toEqual(new Set(["phantom"]));
    expect(
      withDevice(({ conversations }) => void conversations.set("other", [messageOf("other", 1, "eve", "e1")])),
    ).toEqual(new Set(["foreign"]));
  });
});

describe("a read position", () => {
  it("that went back is found", () => {
    expect(
      kindsOf((history) => {
        history.reads.push({ userId: "bob", conversationId: "direct", readSeq: 1 });
      }),
    ).toEqual(new Set());
    expect(
      kindsOf((history) => {
        history.reads.push({ userId: "bob", conversationId: "direct", readSeq: 2 });
      }),
    ).toEqual(new Set(["lost"]));
  });

  it("from which the unread count does not follow is found", () => {
    expect(kindsOf((history) => void (history.readings[1]!.list[0]!.unread += 1))).toEqual(new Set(["divergent"]));
  });
});

it("a refusal for which there is no reason is found", () => {
  expect(
    kindsOf((history) => {
      const { acknowledgement: _none, ...attempt } = history.attempts[0]!;
      history.attempts.push({ ...attempt, outcome: "refused", code: "UNAVAILABLE" });
    }),
  ).toEqual(new Set());
  expect(
    kindsOf((history) => {
      const { acknowledgement: _none, ...attempt } = history.attempts[0]!;
      history.attempts.push({ ...attempt, outcome: "refused", code: "INTERNAL" });
    }),
  ).toEqual(new Set(["refused"]));
});
