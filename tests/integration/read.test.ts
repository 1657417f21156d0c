import { RECEIPT_MEMBERS, readResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { bootstrapAll, pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { codeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** Ann has sent Bob five messages, who has read none; Bob is here with two devices. */
async function unread() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const tablet = await bob.login();
  const [anns, bobs, bobsTablet] = await at.connectAll(ann, bob, tablet);
  let conversationId = "";
  for (let n = 1; n <= 5; n += 1) ({ conversationId } = await sendText(anns, { userId: bob.userId }, String(n)));
  return { ann, bob, anns, bobs, bobsTablet, conversationId };
}

/** What reading has given somebody: their own reads, and receipts of others. */
interface Reading {
  readonly read?: number;
  readonly unread?: number;
  readonly receipt?: number;
  readonly by?: string;
}

async function readsOf(connection: Connection): Promise<Reading[]> {
  return (await pullAll(connection)).flatMap((entry): Reading[] => {
    if (entry.type === "read") return [{ read: entry.readSeq, unread: entry.unread }];
    if (entry.type === "receipt") return [{ receipt: entry.readSeq, by: entry.userId }];
    return [];
  });
}

describe("read:mark", () => {
  it("moves forward, never backwards, and stops at the end", async () => {
    const { bobs, conversationId } = await unread();
    const marks = [
      [0, 0],
      [2, 2],
      [1, 2],
      [2, 2],
      [4, 4],
      [0, 4],
      [99, 5],
      [Number.MAX_SAFE_INTEGER, 5],
      [3, 5],
    ] as const;
    for (const [seq, readSeq] of marks) {
      const answer = readResponse.strict().parse(await bobs.ok("read:mark", { conversationId, seq }));
      expect([seq, answer]).toEqual([seq, { readSeq, unread: 5 - readSeq }]);
    }
    const { conversations } = await bootstrapAll(bobs);
    expect(conversations).toMatchObject([{ readSeq: 5, unread: 0 }]);
  });

  it("tells the reader's devices and the other one, once for each step forward", async () => {
    const { bob, anns, bobs, bobsTablet, conversationId } = await unread();
    for (const seq of [2, 1, 2, 4, 99, 5]) await bobs.ok("read:mark", { conversationId, seq });
    expect(await readsOf(bobs)).toEqual([
      { read: 2, unread: 3 },
      { read: 4, unread: 1 },
      { read: 5, unread: 0 },
    ]);
    expect(await readsOf(anns)).toEqual([2, 4, 5].map((receipt) => ({ receipt, by: bob.userId })));
    for (const connection of [anns, bobs, bobsTablet]) {
      const entries = await pullAll(connection);
      await waitFor(() => connection.pushed.length >= entries.length, { what: "the pushes" });
      expect(connection.pushed.slice(1)).toEqual(entries.slice(1));
    }
  });

  it("from two devices at once ends at the higher place", async () => {
    const { bobs, bobsTablet, conversationId } = await unread();
    await Promise.all(
      [3, 1, 5, 2, 4].map((seq, index) =>
        (index % 2 === 0 ? bobs : bobsTablet).ok("read:mark", { conversationId, seq }),
      ),
    );
    const reads = (await readsOf(bobs)).map(({ read }) => read ?? 0);
    expect(reads.at(-1)).toBe(5);
    expect(reads).toEqual(reads.toSorted((a, b) => a - b));
    expect(await readsOf(bobsTablet)).toEqual(await readsOf(bobs));
  });

  it("has nothing to do after one's own message, which read everything before it", async () => {
    const { ann, anns, bobs, conversationId } = await unread();
    await sendText(bobs, { conversationId }, "an answer");
    expect(await bobs.ok("read:mark", { conversationId, seq: 6 })).toEqual({ readSeq: 6, unread: 0 });
    expect(await readsOf(bobs)).toEqual([]);
    expect(await readsOf(anns)).toEqual([]);
    await anns.ok("read:mark", { conversationId, seq: 6 });
    expect(await readsOf(bobs)).toEqual([{ receipt: 6, by: ann.userId }]);
  });

  it("refuses what is no place", async () => {
    const { bobs, conversationId } = await unread();
    for (const payload of [{ seq: -1 }, { seq: 0.5 }, { seq: "1" }, { seq: 2 ** 53 }, {}]) {
      expect(await codeOf(bobs, "read:mark", { conversationId, ...payload })).toBe("BAD_REQUEST");
    }
    expect(await codeOf(bobs, "read:mark", { seq: 1 })).toBe("BAD_REQUEST");
  });
});

describe("receipts in a group", () => {
  it(`go to each other member up to ${RECEIPT_MEMBERS} members, and to nobody above`, async () => {
    const names = Array.from({ length: RECEIPT_MEMBERS + 1 }, (_, index) => `P${index}`);
    const people = await Promise.all(names.map((name) => at.person(name)));
    const [ann, bob] = [people[0]!, people[1]!];
    const last = people.at(-1)!;
    const { groupId, conversationId } = await ann.createGroup("Fifty", people.slice(1, -1));
    const [anns, bobs, others] = await at.connectAll(ann, bob, people.at(-2)!);

    expect(await bobs.ok("read:mark", { conversationId, seq: 1 })).toEqual({ readSeq: 1, unread: 0 });
    expect(await readsOf(bobs)).toEqual([{ read: 1, unread: 0 }]);
    expect(await readsOf(anns)).toEqual([{ receipt: 1, by: bob.userId }]);
    expect(await readsOf(others)).toEqual([{ receipt: 1, by: bob.userId }]);

    await ann.rest("POST", `/api/v1/groups/${groupId}/members`, { userIds: [last.userId] });
    expect(await bobs.ok("read:mark", { conversationId, seq: 2 })).toEqual({ readSeq: 2, unread: 0 });
    expect(await readsOf(bobs)).toHaveLength(2);
    expect(await readsOf(anns)).toHaveLength(1);
    expect(await readsOf(others)).toHaveLength(1);

    await ann.rest("DELETE", `/api/v1/groups/${groupId}/members/${last.userId}`);
    expect(await bobs.ok("read:mark", { conversationId, seq: 3 })).toEqual({ readSeq: 3, unread: 0 });
    expect(await readsOf(anns)).toHaveLength(2);
  });
});
