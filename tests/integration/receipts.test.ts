import { receiptsResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { sendText } from "../support/people.ts";
import { serverApi } from "./server-calls.ts";
import { add, remove } from "./group-calls.ts";
import { codeOf, useServer } from "./one-server.ts";

const SERVER_KEY = "a-key-of-the-tests";

const at = useServer({ env: { SERVER_KEY, FANOUT_MAX_MEMBERS: "50" } });

/** Members of the group of many; more than two pages of readers. */
const MANY = 450;

/** Everybody who has read so far, page by page; each page but the last is full. */
async function readersOf(connection: Connection, conversationId: string, seq: number): Promise<string[]> {
  const readers: string[] = [];
  for (let page: string | undefined, more = true; more;) {
    const answer = receiptsResponse
      .strict()
      .parse(await connection.ok("receipts:get", { conversationId, seq, ...(page !== undefined && { page }) }));
    expect(answer.readers.length > 0 || !answer.more).toBe(true);
    readers.push(...answer.readers);
    ({ page, more } = answer);
  }
  expect(new Set(readers).size).toBe(readers.length);
  return readers;
}

describe("receipts:get", () => {
  it("names who has read this far or further, without the sender", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
    const { groupId, conversationId } = await ann.createGroup("Team", [bob, cid]);
    const two = (await sendText(anns, { groupId }, "two")).seq;
    const three = (await sendText(bobs, { groupId }, "three")).seq;
    // Ann has read her own, Bob all up to his own.
    expect(await readersOf(anns, conversationId, two)).toEqual([bob.userId]);
    expect(await readersOf(cids, conversationId, three)).toEqual([]);
    await cids.ok("read:mark", { conversationId, seq: two });
    expect((await readersOf(anns, conversationId, two)).toSorted()).toEqual([bob.userId, cid.userId].toSorted());
    expect(await readersOf(anns, conversationId, three)).toEqual([]);
    await anns.ok("read:mark", { conversationId, seq: three });
    expect(await readersOf(bobs, conversationId, three)).toEqual([ann.userId]);
    // A system message has no sender among them.
    expect((await readersOf(bobs, conversationId, 1)).toSorted()).toEqual(
      [ann.userId, bob.userId, cid.userId].toSorted(),
    );
  });

  it("counts only members who may see the message, and only members may ask", async () => {
    const [ann, bob, cid, dai] = await at.people("Ann", "Bob", "Cid", "Dai");
    const [anns, bobs, cids, dais] = await at.connectAll(ann, bob, cid, dai);
    const made = await ann.createGroup("Team", [bob, cid]);
    const { conversationId } = made;
    const { seq } = await sendText(anns, { groupId: made.groupId }, "hello");
    await bobs.ok("read:mark", { conversationId, seq });
    await cids.ok("read:mark", { conversationId, seq });
    await remove(ann, made, cid);
    await add(ann, made, dai);
    await dais.ok("read:mark", { conversationId, seq: 99 });
    expect(await readersOf(anns, conversationId, seq)).toEqual([bob.userId]);
    expect(await codeOf(cids, "receipts:get", { conversationId, seq })).toBe("NOT_MEMBER");
    expect(await codeOf(dais, "receipts:get", { conversationId, seq })).toBe("NOT_FOUND");
    expect(await codeOf(anns, "receipts:get", { conversationId, seq: 99 })).toBe("NOT_FOUND");
    expect(await codeOf(anns, "receipts:get", { conversationId, seq: 0 })).toBe("BAD_REQUEST");
    expect(await codeOf(anns, "receipts:get", { conversationId, seq, page: "made-up" })).toBe("BAD_REQUEST");
    const eves = await at.connect(await at.person("Eve"));
    expect(await codeOf(eves, "receipts:get", { conversationId, seq })).toBe("NOT_FOUND");
  });

  it("works between two", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { conversationId, seq } = await sendText(anns, { userId: bob.userId }, "hello");
    expect(await readersOf(anns, conversationId, seq)).toEqual([]);
    await bobs.ok("read:mark", { conversationId, seq });
    expect(await readersOf(anns, conversationId, seq)).toEqual([bob.userId]);
  });

  it("comes in pages in a group of any size", async () => {
    const ann = await at.person("Ann");
    const anns = await at.connect(ann);
    const api = serverApi(at.url, SERVER_KEY);
    const { users } = await api.createUsers(Array.from({ length: MANY }, (_, index) => `reader-${index}`));
    const userIds = users.map(({ userId }) => userId);
    const { groupId, conversationId } = await api.createGroup("Many", ann.userId, userIds);
    const { seq } = await sendText(anns, { groupId }, "who has read?");
    expect(await readersOf(anns, conversationId, seq)).toEqual([]);
    const { results } = await api.send(
      userIds.map((from) => ({ from, to: { groupId }, content: { kind: "text", text: "I have" } })),
    );
    expect(results.every((result) => "seq" in result)).toBe(true);
    expect((await readersOf(anns, conversationId, seq)).toSorted()).toEqual(userIds.toSorted());
  });
});
