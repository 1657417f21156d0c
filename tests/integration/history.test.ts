import type { CallRequest, HistoryResponse } from "@im-webapp/protocol";
import { historyResponse } from "@im-webapp/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import { codeOf, textOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** Messages of the conversation that these tests read: few, so that every page can be asked for. */
const COUNT = 7;

/** Places below, on, between and above the messages. */
const PLACES = Array.from({ length: COUNT + 3 }, (_, index) => index);
const LIMITS = Array.from({ length: COUNT + 1 }, (_, index) => index + 1);
const ALL = Array.from({ length: COUNT }, (_, index) => index + 1);

let reader: Person;
let conversationId: string;

beforeAll(async () => {
  const writer = await Person.register(at.url, "Ann");
  reader = await Person.register(at.url, "Bob");
  const writers = await writer.connect(at.url);
  for (const seq of ALL) {
    ({ conversationId } = await sendText(writers, { userId: reader.userId }, `message ${seq}`));
  }
  writers.close();
});

type Question = Omit<CallRequest<"history:pull">, "conversationId">;

async function ask(connection: Connection, question: Question): Promise<HistoryResponse> {
  const page = historyResponse.strict().parse(await connection.ok("history:pull", { conversationId, ...question }));
  expect(page.messages.map(textOf)).toEqual(page.messages.map(({ seq }) => `message ${seq}`));
  return page;
}

/** The answer that the contract asks for when these messages are given. */
function pageOf(seqs: readonly number[], emptyAt?: { after: number } | { before: number }) {
  const first = seqs[0] ?? (emptyAt && "after" in emptyAt ? emptyAt.after + 1 : (emptyAt?.before ?? 0));
  const last = seqs.at(-1) ?? (emptyAt && "before" in emptyAt ? emptyAt.before - 1 : (emptyAt?.after ?? 0));
  return { seqs, more: { before: ALL.some((seq) => seq < first), after: ALL.some((seq) => seq > last) } };
}

const seen = ({ messages, more }: HistoryResponse) => ({ seqs: messages.map(({ seq }) => seq), more });

describe("history:pull", () => {
  it("gives the newest when it is asked for no place", async () => {
    const bobs = await at.connect(reader);
    for (const limit of LIMITS) expect(seen(await ask(bobs, { limit }))).toEqual(pageOf(ALL.slice(-limit)));
    expect(seen(await ask(bobs, {}))).toEqual(pageOf(ALL));
  });

  it("before a place gives the nearest below it, and not itself", async () => {
    const bobs = await at.connect(reader);
    for (const before of PLACES) {
      for (const limit of LIMITS) {
        const expected = ALL.filter((seq) => seq < before).slice(-limit);
        expect(seen(await ask(bobs, { before, limit })), `before ${before}`).toEqual(pageOf(expected, { before }));
      }
    }
  });

  it("after a place gives the nearest above it, and not itself", async () => {
    const bobs = await at.connect(reader);
    for (const after of PLACES) {
      for (const limit of LIMITS) {
        const expected = ALL.filter((seq) => seq > after).slice(0, limit);
        expect(seen(await ask(bobs, { after, limit })), `after ${after}`).toEqual(pageOf(expected, { after }));
      }
    }
  });

  it("around a place gives a run with it inside, as even as it can be", async () => {
    const bobs = await at.connect(reader);
    for (const around of ALL) {
      for (const limit of LIMITS) {
        const { seqs, more } = seen(await ask(bobs, { around, limit }));
        expect(seqs).toEqual(pageOf(seqs).seqs.map((_, index) => seqs[0]! + index));
        expect({ seqs, more }).toEqual(pageOf(seqs));
        expect(seqs).toContain(around);
        expect(seqs.length).toBeLessThanOrEqual(limit);
        const above = seqs.filter((seq) => seq > around).length;
        expect(above).toBe(Math.min(Math.floor(limit / 2), COUNT - around));
      }
    }
    // A place that has no message, or none yet: what is nearest.
    expect(seen(await ask(bobs, { around: 0, limit: 4 }))).toEqual(pageOf([1, 2]));
    expect(seen(await ask(bobs, { around: 99, limit: 3 }))).toEqual(pageOf([5, 6, 7]));
  });

  it("page by page, either way, passes every message once", async () => {
    const bobs = await at.connect(reader);
    for (const limit of LIMITS) {
      const upwards: number[] = [];
      for (let after = 0, more = true; more;) {
        const page = await ask(bobs, { after, limit });
        upwards.push(...seen(page).seqs);
        after = upwards.at(-1)!;
        more = page.more.after;
      }
      let downwards: number[] = [];
      for (let before = COUNT + 1, more = true; more;) {
        const page = await ask(bobs, { before, limit });
        downwards = [...seen(page).seqs, ...downwards];
        before = downwards[0]!;
        more = page.more.before;
      }
      expect([upwards, downwards]).toEqual([ALL, ALL]);
    }
  });

  it("takes one place at most, and only what is one", async () => {
    const bobs = await at.connect(reader);
    const bad = [
      { before: 3, after: 1 },
      { before: 3, around: 3 },
      { after: 0, around: 0 },
      { before: 3, after: 1, around: 2 },
      { before: -1 },
      { after: 1.5 },
      { around: "3" },
      { before: null },
    ];
    for (const question of bad) {
      const code = await codeOf(bobs, "history:pull", { conversationId, ...question });
      expect([question, code]).toEqual([question, "BAD_REQUEST"]);
    }
    expect(await codeOf(bobs, "history:pull", {})).toBe("BAD_REQUEST");
  });

  it("tells an outsider that there is no such conversation", async () => {
    const eves = await at.connect(await at.person("Eve"));
    expect(await codeOf(eves, "history:pull", { conversationId })).toBe("NOT_FOUND");
    const other = await at.person("Other");
    await sendText(eves, { userId: other.userId }, "a conversation of her own");
    expect(await codeOf(eves, "history:pull", { conversationId, around: 1 })).toBe("NOT_FOUND");
  });
});
