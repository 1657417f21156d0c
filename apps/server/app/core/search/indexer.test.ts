import { expect, it } from "vitest";
import type { IndexSource, IndexTarget } from "./index-ports.ts";
import { Indexer } from "./indexer.ts";
import { GentlePace } from "./pace.ts";

/** As long as a node has the turn, in milliseconds. */
const TURN_MS = 10_000;

/** A conversation with one message that waits, whose reading takes so long; tells what was added. */
async function added(readingMs: number): Promise<string[]> {
  let now = 0;
  let otherUntil = 0;
  const texts: string[] = [];
  const pace = new GentlePace();
  const message = {
    messageId: "g-1",
    conversationId: "g",
    seq: 1,
    senderId: "ann",
    sentAt: 0,
    clientMessageId: "c-1",
    content: { kind: "text" as const, text: "hello" },
    version: 1,
  };
  const source: IndexSource = {
    // Another node is there at once when the turn is over.
    takeTurn: async (at, _until, held) => {
      if (held !== undefined && at > held) otherUntil = at + TURN_MS;
      return at >= otherUntil;
    },
    endTurn: async () => undefined,
    owner: async () => "index",
    setOwner: async () => undefined,
    backlog: async () =>
      texts.length > 0 ? [] : [{ conversationId: "g", seq: 0, changeSeq: 0, lastSeq: 1, lastChangeSeq: 0 }],
    timesAfter: async () => () => [0],
    changes: async () => ({ messages: [], positions: [], isMore: false }),
    messagesOf: async () => {
      now += readingMs;
      await pace.rest();
      return [{ message, text: "hello" }];
    },
  };
  const target: IndexTarget = {
    name: "index",
    add: async (messages) => void texts.push(...messages.map(({ text }) => text)),
    rewrite: async () => undefined,
    tidy: async () => undefined,
    clear: async () => undefined,
  };
  const indexer = new Indexer({ source, target, clock: () => now, pace, onFault: () => undefined });
  expect(await indexer.pass(1)).toBe(texts.length);
  return texts;
}

it("keeps its turn over long work, and writes nothing once another node has it", async () => {
  expect(await added(0)).toEqual(["hello"]);
  expect(await added(TURN_MS - 1_000)).toEqual(["hello"]);
  expect(await added(TURN_MS + 1_000)).toEqual([]);
});
