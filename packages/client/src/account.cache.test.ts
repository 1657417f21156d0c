import { expect, it } from "vitest";
import { makeConversation, makeMessage, makeOutgoing, memoryAccount } from "../test/builders.ts";
import type { AccountUnderTest } from "../test/account-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";
import { listed } from "./sync/conversation-record.ts";
// Loaded beforehand, for the clock of these tests does not wait for files.
import "./cache/trim-cache.ts";

const scenario = Scenario.install();

const range = (conversationId: string, count: number) =>
  Array.from({ length: count }, (_, index) => makeMessage({ conversationId, seq: index + 1 }));

/** A device that has these conversations with 200 messages each in its cache, and holds at most `messages`. */
async function device(messages: number, ...ids: { id: string; pinned?: boolean }[]): Promise<AccountUnderTest> {
  const store = await memoryAccount();
  await store.reset("e");
  const records = ids.map(({ id, pinned = false }) =>
    listed(makeConversation({ conversationId: id, lastSeq: 200, readSeq: 200, pinned })),
  );
  await store.putConversations("e", records);
  await store.completeList("e", { cursor: 1, listed: new Set(ids.map(({ id }) => id)) });
  for (const { id } of ids) await store.putMessages(id, range(id, 200));
  await store.enqueue(makeOutgoing("unsent", { conversationId: ids[0]!.id }));
  return scenario.offline("me", store, { messages });
}

async function cachedOf(me: AccountUnderTest): Promise<Record<string, number>> {
  const cached = await me.store.cached();
  return Object.fromEntries(cached.map(({ conversationId, messages }) => [conversationId, messages]));
}

it("spares what is pinned, what is on screen, and what is unsent", async () => {
  const me = await device(100, { id: "a" }, { id: "b", pinned: true }, { id: "c" });
  me.account.windows.open("c");
  await pass(5_000);
  expect(await cachedOf(me)).toEqual({ b: 200, c: 200 });
  expect((await me.store.load()).outgoing.map(({ clientMessageId }) => clientMessageId)).toEqual(["unsent"]);
});

it("keeps what was looked at last", async () => {
  const me = await device(300, { id: "a" }, { id: "b" });
  me.account.windows.open("a");
  await pass(10);
  me.account.windows.close("a");
  await pass(5_000);
  expect(await cachedOf(me)).toEqual({ a: 200, b: 85 });
});

it("asks the server again for what had to go, when somebody scrolls there, and tells of no hole", async () => {
  scenario.server.group("g", ["me", "ann"]);
  scenario.server.past("g", "ann", 300);
  const me = await scenario.offline("me", undefined, { messages: 100 });
  me.account.connect("me");
  await pass(0);
  me.account.windows.open("g");
  await pass(0);
  const window = () => me.state.windows.get("g")!;
  while (window().more.before) await me.account.windows.loadBefore("g");
  expect(await cachedOf(me)).toEqual({ g: 300 });
  me.account.windows.close("g");
  await pass(5_000);
  expect(await cachedOf(me)).toEqual({ g: 95 });
  const held = me.account.record("g")!.held.lastSeq;

  scenario.server.edit("g", 120, "changed while it was gone");
  scenario.server.edit("g", 290, "changed while it was held");
  await pass(0);
  me.account.windows.open("g");
  await pass(0);
  scenario.server.calls.length = 0;
  while (window().more.before) await me.account.windows.loadBefore("g");
  const seqs = window().messages.map(({ seq }) => seq);
  expect(seqs).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  expect(window().messages[119]?.content).toMatchObject({ text: "changed while it was gone" });
  expect(window().messages[289]?.content).toMatchObject({ text: "changed while it was held" });
  expect(scenario.server.calls.filter(({ name }) => name === "history:pull")[0]?.request).toMatchObject({
    before: 206,
  });
  expect(me.account.record("g")!.held.lastSeq).toBe(held);
});
