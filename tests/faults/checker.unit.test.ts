import type { Entry } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { check } from "./checker.ts";
import type { Attempt, History, Reading } from "./history.ts";
import type { ViolationKind } from "./violation.ts";
import { AT, type Draft, type Writable, messageOf, soundHistory } from "./sample-history.ts";

/** The kinds found in the sound history after `harm` has changed it. */
function kindsAfter(harm: (history: Draft) => void): Set<ViolationKind> {
  const history = soundHistory();
  harm(history);
  return new Set(check(history satisfies History).map(({ kind }) => kind));
}

function reading(history: Draft, userId: string): Draft["readings"][number] {
  const found: Reading | undefined = history.readings.find((candidate) => candidate.userId === userId);
  if (found === undefined) throw new Error(`nobody is ${userId}`);
  return found as Draft["readings"][number];
}

function attempt(history: Draft, clientMessageId: string): Writable<Attempt> {
  const found = history.attempts.find((candidate) => candidate.clientMessageId === clientMessageId);
  if (found === undefined) throw new Error(`nothing was sent as ${clientMessageId}`);
  return found;
}

/** Numbers a run anew, so that one fault is not reported as another. */
function renumber(entries: Entry[]): void {
  for (const [index, entry] of entries.entries()) entry.seq = index + 1;
}

describe("a sound history", () => {
  it("has no violation", () => {
    expect(check(soundHistory())).toEqual([]);
  });

  it("may hold a message whose sender never heard of it", () => {
    const history = soundHistory();
    const unheard = attempt(history, "d3");
    unheard.outcome = "unknown";
    delete unheard.acknowledgement;
    expect(check(history)).toEqual([]);
  });

  it("may lack a message of unknown outcome", () => {
    const history = soundHistory();
    history.attempts.push({ ...attempt(history, "d1"), clientMessageId: "never", outcome: "unknown" });
    delete history.attempts.at(-1)!.acknowledgement;
    expect(check(history)).toEqual([]);
  });

  it("may acknowledge a retry as the duplicate that it is", () => {
    const history = soundHistory();
    const first = attempt(history, "d1");
    const again = { ...first.acknowledgement!, duplicate: true };
    history.attempts.push({ ...first, socket: "ann-2", acknowledgement: again });
    expect(check(history)).toEqual([]);
  });
});

describe("a lost message", () => {
  it("is found when no store has it", () => {
    expect(
      kindsAfter((history) => {
        for (const { timeline, conversations, pushed } of history.readings) {
          conversations.get("direct")?.pop();
          const gone = timeline.findIndex(
            (entry) => entry.type === "message" && entry.message.clientMessageId === "d3",
          );
          if (gone >= 0) timeline.splice(gone, 1);
          renumber(timeline);
          pushed.length = 0;
        }
      }),
    ).toEqual(new Set(["lost"]));
  });

  it("is found when one member's timeline lacks it", () => {
    expect(
      kindsAfter((history) => {
        const { timeline, pushed } = reading(history, "bob");
        timeline.pop();
        pushed.length = 0;
      }),
    ).toEqual(new Set(["lost"]));
  });

  it("is found when one member reads nothing of the conversation", () => {
    expect(kindsAfter((history) => void reading(history, "cid").conversations.delete("group"))).toContain("lost");
  });
});

describe("a duplicate", () => {
  it("is found in a conversation", () => {
    expect(
      kindsAfter((history) => {
        for (const { conversations, timeline } of history.readings) {
          const again = { ...messageOf("group", 5, "cid", "g2") };
          conversations.get("group")?.push(again);
          timeline.push({ seq: timeline.length + 1, type: "message", at: AT, message: again });
        }
      }),
    ).toContain("duplicate");
  });

  it("is found in a timeline", () => {
    expect(
      kindsAfter((history) => {
        const { timeline } = reading(history, "ann");
        const last = timeline.at(-1)!;
        timeline.push({ ...last, seq: timeline.length + 1 });
      }),
    ).toEqual(new Set(["duplicate"]));
  });
});

describe("a hole", () => {
  it("is found in a conversation's sequence", () => {
    expect(
      kindsAfter((history) => {
        for (const { conversations } of history.readings) conversations.get("group")?.splice(0, 1);
      }),
    ).toContain("hole");
  });

  it("is found in a timeline's sequence", () => {
    expect(
      kindsAfter((history) => {
        const { timeline, pushed } = reading(history, "cid");
        for (const entry of timeline.slice(2)) entry.seq += 1;
        pushed.length = 0;
      }),
    ).toEqual(new Set(["hole"]));
  });

  it("is found as a repeated number", () => {
    expect(
      kindsAfter((history) => {
        const { timeline, pushed } = reading(history, "cid");
        timeline[2]!.seq = timeline[1]!.seq;
        pushed.length = 0;
      }),
    ).toContain("hole");
  });
});

describe("another order", () => {
  it("is found in a timeline", () => {
    expect(
      kindsAfter((history) => {
        const { timeline, pushed } = reading(history, "cid");
        [timeline[1], timeline[2]] = [timeline[2]!, timeline[1]!];
        renumber(timeline);
        pushed.length = 0;
      }),
    ).toEqual(new Set(["reordered"]));
  });

  it("is found in what one socket sent", () => {
    expect(kindsAfter((history) => void (history.attempts = history.attempts.toReversed()))).toEqual(
      new Set(["reordered"]),
    );
  });
});

describe("a foreign message", () => {
  it("is found when nobody sent it", () => {
    expect(
      kindsAfter((history) => {
        history.attempts = history.attempts.filter(({ clientMessageId }) => clientMessageId !== "d2");
      }),
    ).toEqual(new Set(["foreign"]));
  });

  it("is found in the timeline of somebody who is not in the conversation", () => {
    expect(
      kindsAfter((history) => {
        const { timeline } = reading(history, "cid");
        timeline.push({
          seq: timeline.length + 1,
          type: "message",
          at: AT,
          message: messageOf("direct", 1, "ann", "d1"),
        });
      }),
    ).toEqual(new Set(["foreign"]));
  });

  it("is found in a conversation that the user is not in", () => {
    expect(
      kindsAfter((history) => {
        reading(history, "cid").conversations.set("direct", [messageOf("direct", 1, "ann", "d1")]);
      }),
    ).toContain("foreign");
  });

  it("is found when it was sent elsewhere", () => {
    expect(
      kindsAfter((history) => {
        attempt(history, "d2").conversationId = "group";
      }),
    ).toContain("foreign");
  });
});

describe("a divergence", () => {
  it("is found in what was sent", () => {
    expect(
      kindsAfter((history) => {
        attempt(history, "d2").text = "something else";
      }),
    ).toEqual(new Set(["divergent"]));
  });

  it("is found between members", () => {
    expect(
      kindsAfter((history) => {
        const { conversations, timeline, pushed } = reading(history, "bob");
        const message = conversations.get("direct")![0]!;
        message.sentAt += 1;
        const entry = timeline[0]!;
        if (entry.type === "message") entry.message = message;
        pushed.length = 0;
      }),
    ).toContain("divergent");
  });

  it("is found between a timeline and its conversation", () => {
    expect(
      kindsAfter((history) => {
        const { timeline, pushed } = reading(history, "bob");
        const entry = timeline[0]!;
        if (entry.type === "message") entry.message = { ...entry.message, version: 2 };
        pushed.length = 0;
      }),
    ).toEqual(new Set(["divergent"]));
  });
});

describe("a false acknowledgement", () => {
  it("is found by its place", () => {
    expect(
      kindsAfter((history) => {
        attempt(history, "d3").acknowledgement!.seq = 4;
      }),
    ).toEqual(new Set(["acknowledgement"]));
  });

  it("is found when a retry is answered otherwise, or as new", () => {
    for (const change of [{ seq: 9, duplicate: true }, { duplicate: false }]) {
      expect(
        kindsAfter((history) => {
          const first = attempt(history, "d1");
          const acknowledgement = { ...first.acknowledgement!, ...change };
          history.attempts.push({ ...first, socket: "ann-2", acknowledgement });
        }),
      ).toEqual(new Set(["acknowledgement"]));
    }
  });
});

describe("a phantom", () => {
  it("is found when something was pushed that is nowhere", () => {
    expect(
      kindsAfter((history) => {
        const { pushed } = reading(history, "cid");
        pushed[0]!.push({ seq: 99, type: "message", at: AT, message: messageOf("group", 99, "ann", "gone") });
      }),
    ).toEqual(new Set(["phantom"]));
  });
});
