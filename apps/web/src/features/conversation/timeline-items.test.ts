import type { OutgoingMessage } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TimelineItem, timelineItems } from "./timeline-items.ts";

const MINUTE = 60_000;
const noon = Date.parse("2026-11-23T12:00:00+08:00");
const context = { ownId: "me", readSeq: null, timeZone: "Asia/Shanghai" };

function said(seq: number, senderId: string, sentAt: number): Message {
  return {
    messageId: `id${seq}`,
    conversationId: "c",
    seq,
    senderId,
    sentAt,
    content: { kind: "text", text: `${seq}` },
    version: 1,
    clientMessageId: `client${seq}`,
  };
}

function joined(seq: number, sentAt: number): Message {
  return { ...said(seq, "system", sentAt), content: { kind: "system", event: "member.left", by: "a" } };
}

function waiting(clientMessageId: string, createdAt: number): OutgoingMessage {
  return { clientMessageId, conversationId: "c", content: { kind: "text", text: "x" }, createdAt, status: "waiting" };
}

/** Rows in short: `day`, `unread`, `system`, and messages with `[` where a group begins and `]` where it ends. */
function outline(items: readonly TimelineItem[]): string {
  return items
    .filter((item) => item.kind !== "head")
    .map((item) => {
      if (item.kind === "message" || item.kind === "outgoing") {
        const name = item.kind === "message" ? `${item.message.seq}` : item.outgoing.clientMessageId;
        return `${item.isFirst ? "[" : ""}${name}${item.isLast ? "]" : ""}`;
      }
      return item.kind;
    })
    .join(" ");
}

describe("timelineItems", () => {
  it("starts with the head, also when empty", () => {
    expect(timelineItems({ messages: [], outgoing: [] }, context)).toEqual([{ kind: "head", key: "head" }]);
  });

  it("groups by sender within three minutes", () => {
    const messages = [
      said(1, "a", noon),
      said(2, "a", noon + 3 * MINUTE),
      said(3, "a", noon + 6 * MINUTE + 1),
      said(4, "b", noon + 7 * MINUTE),
      said(5, "me", noon + 7 * MINUTE),
    ];
    const outgoing = [waiting("x", noon + 8 * MINUTE), waiting("y", noon + 12 * MINUTE)];
    expect(outline(timelineItems({ messages, outgoing }, context))).toBe("day [1 2] [3] [4] [5 x] [y]");
  });

  it("ends a group at a new day, at the divider and at a system entry", () => {
    const midnight = Date.parse("2026-11-24T00:00:00+08:00");
    const messages = [
      said(1, "a", midnight - 2_000),
      said(2, "a", midnight - 1_000),
      said(3, "a", midnight),
      joined(4, midnight + 1_000),
      said(5, "a", midnight + 2_000),
      said(6, "a", midnight + 3_000),
    ];
    const items = timelineItems({ messages, outgoing: [] }, { ...context, readSeq: 5 });
    expect(outline(items)).toBe("day [1 2] day [3] system [5] unread [6]");
  });

  it("puts the divider before the first unread message of somebody else, once", () => {
    const messages = [said(1, "a", noon), said(2, "me", noon), said(3, "a", noon), said(4, "b", noon)];
    expect(outline(timelineItems({ messages, outgoing: [] }, { ...context, readSeq: 1 }))).toBe(
      "day [1] [2] unread [3] [4]",
    );
    expect(outline(timelineItems({ messages, outgoing: [] }, { ...context, readSeq: 4 }))).toBe("day [1] [2] [3] [4]");
  });

  it("takes what the person has done themself for no news", () => {
    const messages = [
      { ...joined(1, noon), content: { kind: "system", event: "member.left", by: "me" } as const },
      said(2, "a", noon),
    ];
    expect(outline(timelineItems({ messages, outgoing: [] }, { ...context, readSeq: 0 }))).toBe(
      "day system unread [2]",
    );
  });

  it("keeps a message's key when the server has taken it", () => {
    const before = timelineItems({ messages: [], outgoing: [waiting("client1", noon)] }, context);
    const after = timelineItems({ messages: [said(1, "me", noon + 50)], outgoing: [] }, context);
    expect(after.map((item) => item.key)).toEqual(before.map((item) => item.key));
  });

  it("gives every row a key of its own, and every group a beginning and an end", () => {
    const step = fc.record({
      sender: fc.constantFrom("a", "b", "me", "system"),
      gap: fc.integer({ min: 0, max: 86_400_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.option(fc.nat(40)), (steps, readSeq) => {
        let at = noon;
        const messages = steps.map(({ sender, gap }, index) => {
          at += gap;
          return sender === "system" ? joined(index + 1, at) : said(index + 1, sender, at);
        });
        const items = timelineItems({ messages, outgoing: [] }, { ...context, readSeq });
        expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
        let isOpen = false;
        for (const item of items) {
          if (item.kind !== "message") {
            expect(isOpen).toBe(false);
            continue;
          }
          expect(item.isFirst).toBe(!isOpen);
          isOpen = !item.isLast;
        }
        expect(isOpen).toBe(false);
      }),
    );
  });
});
