import { expect, it } from "vitest";
import { makeOutgoing } from "../../test/builders.ts";
import { fill } from "./fill.ts";
import type { AccountSnapshot } from "./local-store.ts";
import { MemoryAccountStore } from "./memory-account-store.ts";

/** What a program holds that was never connected: nothing says that the store is not empty. */
const holding = (...ids: string[]): AccountSnapshot => ({
  position: { epoch: null, cursor: null, complete: false },
  conversations: [],
  outgoing: ids.map((id) => makeOutgoing(id)),
  reads: [],
  changes: [],
  drafts: [],
  users: [],
  people: [],
});

async function storeWith(...ids: string[]): Promise<MemoryAccountStore> {
  const store = new MemoryAccountStore();
  for (const id of ids) await store.enqueue(makeOutgoing(id));
  return store;
}

const waiting = async (store: MemoryAccountStore) =>
  (await store.pending()).outgoing.map(({ clientMessageId }) => clientMessageId);

it("adds what is missing behind what is there", async () => {
  const store = await storeWith("a", "b");
  await fill(store, holding("a", "b", "c"));
  expect(await waiting(store)).toEqual(["a", "b", "c"]);
});

it("leaves the order as it is where there is room for one more write only", async () => {
  const store = await storeWith("a", "b", "c");
  const enqueue = store.enqueue.bind(store);
  let room = 1;
  store.enqueue = async (outgoing) => {
    room -= 1;
    if (room < 0) throw new DOMException("no room", "QuotaExceededError");
    await enqueue(outgoing);
  };
  await fill(store, holding("a", "b", "c")).catch(() => undefined);
  expect(await waiting(store)).toEqual(["a", "b", "c"]);
});
