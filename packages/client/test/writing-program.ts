/**
 * Writes to the store in the file named by its argument until it is killed: commit after commit, each with two messages
 * of "c1" and one that waits to be sent. Says each cursor that is stored, on a line of its own.
 */
import { setImmediate } from "node:timers/promises";
import { openNodeStore } from "../src/node/index.ts";
import { makeMessage, makeOutgoing } from "./builders.ts";
import { batchOf } from "./store-under-test.ts";

const store = await openNodeStore({ file: process.argv[2] ?? "" });
const account = await store.openAccount("me");
const { position } = await account.load();
if (position.cursor === null) {
  await account.reset("e");
  await account.completeList("e", { cursor: 0, listed: new Set() });
}
for (let cursor = (position.cursor ?? 0) + 1; ; cursor += 1) {
  const messages = [makeMessage({ seq: cursor * 2 - 1 }), makeMessage({ seq: cursor * 2 })];
  await account.enqueue(makeOutgoing(`m${cursor}`));
  await account.commit(batchOf(cursor, { messages, delivered: [`m${cursor - 1}`] }));
  if (cursor % 50 === 0) await account.evict({ conversationId: "c1", limit: 60, keep: 10 });
  process.stdout.write(`${cursor}\n`);
  // The store answers at once; what was said goes out when there is time for it.
  await setImmediate();
}
