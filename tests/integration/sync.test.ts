import {
  type CallResponse,
  MAX_PAGE_BYTES,
  MAX_PAGE_SIZE,
  MAX_TEXT_LENGTH,
  bootstrapResponse,
  pullResponse,
} from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { fold, hold, listed } from "./fold.ts";
import { codeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

/** Ann with a timeline of 12 entries of every type, and her socket. */
async function busyAnn() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const { conversationId } = await sendText(bobs, { userId: ann.userId }, "1");
  await anns.ok("read:mark", { conversationId, seq: 1 });
  await bob.createGroup("Group", [ann]);
  await sendText(anns, { conversationId }, "2");
  await bobs.ok("read:mark", { conversationId, seq: 2 });
  for (const text of ["3", "4", "5", "6", "7"]) await sendText(bobs, { conversationId }, text);
  const entries = await pullAll(anns);
  expect(new Set(entries.map(({ type }) => type)).size).toBe(4);
  return { ann, bob, anns, bobs, conversationId, entries };
}

describe("sync:pull", () => {
  it("in pages of every size gives each entry once and leaves no hole", async () => {
    const { anns, entries } = await busyAnn();
    expect(entries.map(({ seq }) => seq)).toEqual(upTo(12));
    for (const limit of [...upTo(13), 499, 500]) expect(await pullAll(anns, 0, limit)).toEqual(entries);
    for (const cursor of upTo(12)) expect(await pullAll(anns, cursor, 5)).toEqual(entries.slice(cursor));
  });

  it("says in each page where it ends and whether there is more", async () => {
    const { anns } = await busyAnn();
    for (const [cursor, limit, end] of [
      [0, 5, 5],
      [5, 7, 12],
      [5, 6, 11],
      [12, 50, 12],
    ] as const) {
      const page = pullResponse.strict().parse(await anns.ok("sync:pull", { cursor, limit }));
      expect(page).toMatchObject({ cursor: end, head: 12, more: end < 12 });
      expect(page.entries).toHaveLength(end - cursor);
    }
  });

  it("refuses a page size outside 1 to 500, as every call in pages does", async () => {
    const { anns, conversationId } = await busyAnn();
    for (const limit of [0, 501, -1, 1.5, "50", null]) {
      for (const [event, payload] of [
        ["sync:pull", { cursor: 0 }],
        ["sync:bootstrap", {}],
        ["history:pull", { conversationId }],
      ] as const) {
        expect([event, limit, await codeOf(anns, event, { ...payload, limit })]).toEqual([event, limit, "BAD_REQUEST"]);
      }
    }
  });

  it("refuses a cursor beyond the head, and what is no cursor", async () => {
    const { anns } = await busyAnn();
    for (const cursor of [13, 1_000, Number.MAX_SAFE_INTEGER]) {
      expect([cursor, await codeOf(anns, "sync:pull", { cursor })]).toEqual([cursor, "CURSOR_EXPIRED"]);
    }
    for (const cursor of [-1, 0.5, Number.MAX_SAFE_INTEGER + 1, "0", null, undefined]) {
      expect([cursor, await codeOf(anns, "sync:pull", { cursor })]).toEqual([cursor, "BAD_REQUEST"]);
    }
  });

  it("is bounded in bytes: long messages come in several pages, none of them empty", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const text = "x".repeat(MAX_TEXT_LENGTH);
    const { conversationId } = await sendText(anns, { userId: bob.userId }, text);
    await Promise.all(Array.from({ length: 499 }, () => sendText(anns, { conversationId }, text)));

    const sizeOf = (page: unknown) => Buffer.byteLength(JSON.stringify(page));
    const one = MAX_TEXT_LENGTH + 1_000;
    let pages = 0;
    for (let cursor = 0, more = true; more; pages += 1) {
      const page: CallResponse<"sync:pull"> = await bobs.ok("sync:pull", { cursor, limit: MAX_PAGE_SIZE });
      expect(page.entries.map(({ seq }) => seq)).toEqual(page.entries.map((_, index) => cursor + index + 1));
      expect(page.entries.length).toBeGreaterThan(0);
      expect(sizeOf(page)).toBeLessThan(MAX_PAGE_BYTES + one);
      ({ cursor, more } = page);
    }
    expect(pages).toBeGreaterThanOrEqual((500 * MAX_TEXT_LENGTH) / MAX_PAGE_BYTES);
    expect((await pullAll(bobs)).length).toBe(501);

    const newest = await bobs.ok("history:pull", { conversationId, limit: MAX_PAGE_SIZE });
    expect(sizeOf(newest)).toBeLessThan(MAX_PAGE_BYTES + one);
    expect(newest.messages.at(-1)?.seq).toBe(500);
    expect((await historyAll(bobs, conversationId)).map(({ seq }) => seq)).toEqual(upTo(500));
  });
});

describe("sync:push", () => {
  it("brings every entry, in order, whatever goes on at once", async () => {
    const people = await at.people("Ann", "Bob", "Cid");
    const connections = await at.connectAll(...people);
    const { groupId } = await people[0].createGroup("Group", people.slice(1));
    await Promise.all(
      connections.flatMap((connection, index) => [
        ...upTo(10).map((n) => sendText(connection, { groupId }, `group ${index}.${n}`)),
        ...people.map(({ userId }) => sendText(connection, { userId }, `direct ${index}`)),
      ]),
    );
    for (const connection of connections) {
      const entries = await pullAll(connection);
      // Where a server has a bus, it may push again what it pushed while the bus was coming up.
      const pushed = () => [...new Map(connection.pushed.map((entry) => [entry.seq, entry])).values()];
      await waitFor(() => pushed().length >= entries.length, { what: "all pushes" });
      expect(pushed().map(({ seq }) => seq)).toEqual(upTo(entries.length));
      const withoutViews = (list: typeof entries) => list.filter(({ type }) => type !== "conversation");
      expect(withoutViews(pushed())).toEqual(withoutViews(entries));
    }
  });
});

describe("sync:bootstrap", () => {
  /** Ann with 7 direct conversations. */
  async function popularAnn() {
    const ann = await at.person("Ann");
    const anns = await at.connect(ann);
    const others = await Promise.all(upTo(7).map((n) => at.person(`P${n}`)));
    for (const { userId } of others) await sendText(anns, { userId }, "hello");
    return { ann, anns, others };
  }

  it("in pages of every size lists each conversation once", async () => {
    const { anns, others } = await popularAnn();
    const { conversations } = await bootstrapAll(anns);
    expect(new Set(conversations.map(({ peerId }) => peerId))).toEqual(new Set(others.map(({ userId }) => userId)));
    expect(conversations).toHaveLength(7);
    for (const limit of [1, 2, 3, 6, 7, 8, 500]) {
      const found: unknown[] = [];
      for (let page: string | undefined, more = true; more;) {
        const answer = await anns.ok("sync:bootstrap", { limit, ...(page !== undefined && { page }) });
        bootstrapResponse.strict().parse(answer);
        expect(answer.conversations.length).toBeGreaterThan(0);
        found.push(...answer.conversations);
        ({ page, more } = answer);
      }
      expect([limit, found]).toEqual([limit, conversations]);
    }
  });

  it("repeats the first page's cursor, after which a pull gives what happened meanwhile", async () => {
    const { ann, anns, others } = await popularAnn();
    const first = await anns.ok("sync:bootstrap", { limit: 3 });
    expect(first.cursor).toBe(14);
    let device = hold(first.conversations);
    for (let answer = first, n = 0; answer.more; n += 1) {
      // Before each further page, something changes in a conversation that was listed, and in one that was not.
      await sendText(anns, { userId: others[n]!.userId }, `meanwhile ${n}`);
      await sendText(anns, { userId: (await at.person("New")).userId }, "hello");
      answer = await anns.ok("sync:bootstrap", { limit: 3, page: answer.page! });
      expect(answer.cursor).toBe(first.cursor);
      for (const view of answer.conversations) device.set(view.conversationId, view);
    }
    device = fold(device, await pullAll(anns, first.cursor), ann.userId);
    expect(listed(device)).toEqual(listed((await bootstrapAll(anns)).conversations));
    expect(device.size).toBe(9);
  });

  it("refuses a page that this server never gave", async () => {
    const { anns } = await popularAnn();
    const token = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const places = [null, {}, [], [1], [1, 2], ["1", "a"], [1, "a", "b"], [-1, "a"], [0.5, "a"], [1e300, "a"], "a", 7];
    const pages = ["", "made-up", "%00", "x".repeat(513), 7, null, ...places.map(token), `${token([1, "a"])}!`];
    for (const page of pages) {
      expect([page, await codeOf(anns, "sync:bootstrap", { page })]).toEqual([page, "BAD_REQUEST"]);
    }
  });
});

describe("sync:ack", () => {
  it("takes any cursor up to the head, in any order", async () => {
    const { anns, conversationId } = await busyAnn();
    for (const cursor of [0, 12, 3]) expect(await anns.ok("sync:ack", { cursor })).toEqual({});
    expect(await anns.ok("sync:ack", { cursor: 12, groups: [{ conversationId, lastSeq: 1, changeSeq: 0 }] })).toEqual(
      {},
    );
    expect(await codeOf(anns, "sync:ack", { cursor: 13 })).toBe("CURSOR_EXPIRED");
    for (const payload of [{}, { cursor: -1 }, { cursor: 1, groups: [{}] }, { cursor: 1, groups: 7 }, null]) {
      expect(await codeOf(anns, "sync:ack", payload)).toBe("BAD_REQUEST");
    }
  });
});
