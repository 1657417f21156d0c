import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import type { RawDatabase } from "../support/raw-database.ts";
import { waitFor } from "../support/wait-for.ts";
import { codeOf, useServer } from "./one-server.ts";

/** Entries that stay of each timeline, whatever their age. */
const KEEP_ENTRIES = 5;

const env = { SYNC_KEEP_ENTRIES: String(KEEP_ENTRIES), SYNC_KEEP_DAYS: "1" };

const at = useServer({ env });

/** Messages of a story: more than one step of trimming deletes, with what was there already. */
const MANY = 1_203;

/** Older than the day that entries are kept. */
const LONG_AGO = "2020-01-01 00:00:00.000";

/** Makes entries old, and lets the next pass begin at once, although there was one within this minute. */
const age = (userId: string, upTo: number) => async (database: RawDatabase) => {
  await database.run(`UPDATE push_history SET at = '${LONG_AGO}' WHERE user_id = '${userId}' AND seq <= ${upTo}`);
  await database.run("UPDATE setting SET value = '0000000000000000' WHERE name = 'trim-until'");
};

/** Places of the rows that a timeline has, ascending. */
async function rowsOf(userId: string): Promise<number[]> {
  const rows = await at.raw((database) => database.rows("push_history"));
  return rows
    .filter((row) => row["user_id"] === userId)
    .map((row) => Number(row["seq"]))
    .toSorted((a, b) => a - b);
}

/** From one place to another, both included. */
const run = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** Ann has told Bob so many things; Bob's timeline has one entry more, the first. */
async function story(messages: number) {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const { conversationId } = await sendText(anns, { userId: bob.userId }, "1");
  await Promise.all(
    Array.from({ length: messages - 1 }, (_, index) => sendText(anns, { conversationId }, `${index + 2}`)),
  );
  expect(bobs.ready.head).toBe(0);
  return { ann, bob, conversationId, head: messages + 1 };
}

/** Waits until a timeline's rows are those. */
const untilRows = (userId: string, expected: readonly number[]) =>
  waitFor(async () => (await rowsOf(userId)).join() === expected.join(), { what: "the trimmed timeline" });

/** Where a pull begins to be refused: the code from each of the places. */
const codesOf = (connection: Connection, cursors: readonly number[]) =>
  Promise.all(cursors.map((cursor) => codeOf(connection, "sync:pull", { cursor })));

describe("at its start a server trims", () => {
  it("what is old and not among the newest, in steps, and says so to cursors below", async () => {
    const { bob, conversationId, head } = await story(MANY);
    await at.restart(age(bob.userId, head));
    const trimmed = head - KEEP_ENTRIES;
    await untilRows(bob.userId, run(trimmed + 1, head));

    const bobs = await at.connect(bob);
    expect(bobs.ready.head).toBe(head);
    expect(await codesOf(bobs, [0, 1, trimmed - 1, trimmed, head - 1, head, head + 1])).toEqual([
      "CURSOR_EXPIRED",
      "CURSOR_EXPIRED",
      "CURSOR_EXPIRED",
      "ok",
      "ok",
      "ok",
      "CURSOR_EXPIRED",
    ]);
    expect((await pullAll(bobs, trimmed)).map(({ seq }) => seq)).toEqual(run(trimmed + 1, head));

    // The way back: the list, then what comes after it; every message is still there.
    const { cursor, conversations } = await bootstrapAll(bobs);
    expect(cursor).toBe(head);
    expect(conversations).toMatchObject([{ conversationId, lastSeq: MANY, unread: MANY }]);
    expect(await pullAll(bobs, cursor)).toEqual([]);
    expect((await historyAll(bobs, conversationId)).map(({ seq }) => seq)).toEqual(run(1, MANY));
  });

  it("nothing that is young, however much there is", async () => {
    const { bob, head } = await story(20);
    const { bob: other, head: otherHead } = await story(20);
    await at.restart(age(other.userId, otherHead));
    await untilRows(other.userId, run(otherHead - KEEP_ENTRIES + 1, otherHead));
    expect(await rowsOf(bob.userId)).toEqual(run(1, head));
    expect((await pullAll(await at.connect(bob))).map(({ seq }) => seq)).toEqual(run(1, head));
  });

  it("of what is old only up to the first that is young", async () => {
    const { bob, head } = await story(20);
    await at.restart(age(bob.userId, 8));
    await untilRows(bob.userId, run(9, head));
    expect(await codesOf(await at.connect(bob), [7, 8])).toEqual(["CURSOR_EXPIRED", "ok"]);
  });

  it("nothing of a short timeline, however old it is", async () => {
    const { bob, head } = await story(KEEP_ENTRIES - 1);
    const { bob: other, head: otherHead } = await story(20);
    await at.restart(async (database) => {
      await age(bob.userId, head)(database);
      await age(other.userId, otherHead)(database);
    });
    await untilRows(other.userId, run(otherHead - KEEP_ENTRIES + 1, otherHead));
    expect(await rowsOf(bob.userId)).toEqual(run(1, head));
  });

  it("a timeline that goes on growing, and gives it the next places", async () => {
    const { ann, bob, conversationId, head } = await story(20);
    await at.restart(age(bob.userId, head));
    await untilRows(bob.userId, run(head - KEEP_ENTRIES + 1, head));
    const [anns, bobs] = await at.connectAll(ann, bob);
    await sendText(anns, { conversationId }, "afterwards");
    expect(await bobs.pushedText("afterwards")).toMatchObject({ seq: head + 1 });
    await at.restart(age(bob.userId, head + 1));
    await untilRows(bob.userId, run(head - KEEP_ENTRIES + 2, head + 1));
    expect(await codesOf(await at.connect(bob), [head - KEEP_ENTRIES, head - KEEP_ENTRIES + 1])).toEqual([
      "CURSOR_EXPIRED",
      "ok",
    ]);
  });

  it("only when no other node has had the turn within this minute", async () => {
    const { bob, head } = await story(20);
    const { bob: other, head: otherHead } = await story(20);
    await at.restart(age(other.userId, otherHead));
    await untilRows(other.userId, run(otherHead - KEEP_ENTRIES + 1, otherHead));
    // Another node, a moment later: the turn is taken.
    await at.raw((database) =>
      database.run(`UPDATE push_history SET at = '${LONG_AGO}' WHERE user_id = '${bob.userId}'`),
    );
    const second = await at.backing.start({ env });
    const settled = await second.stop();
    expect(settled).toBeUndefined();
    expect(await rowsOf(bob.userId)).toEqual(run(1, head));
    await at.restart(age(bob.userId, head));
    await untilRows(bob.userId, run(head - KEEP_ENTRIES + 1, head));
  });
});
