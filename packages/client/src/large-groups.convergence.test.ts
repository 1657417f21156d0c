import type { ConversationId, Seq } from "@im-webapp/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AccountUnderTest } from "../test/account-under-test.ts";
import { FakeServer } from "../test/fake-server.ts";
import { pass } from "../test/scenario.ts";

/** Groups of more than this are large here, so that few comings and goings cross it. */
const THRESHOLD = 3;

const GROUPS = ["g1", "g2"];
const OTHERS = ["ann", "bob", "cat", "dan"];

/** One thing that happens in the world, at this device or to the network. */
type Happening =
  | { kind: "say"; group: number; by: string; mention: boolean }
  | { kind: "send" | "read" | "open" | "close"; group: number }
  | { kind: "edit" | "recall"; group: number; part: number }
  | { kind: "come" | "go"; group: number; who: string }
  | { kind: "cut" }
  | { kind: "restart" }
  | { kind: "expire" }
  | { kind: "pass"; ms: number };

/** What becomes of a push on its way; `ms`: how late it comes. */
type Fate = { copies: number; ms: number };

const group = fc.constantFrom(0, 0, 0, 1);
/** Most often the newest: what is changed while it is on its way. */
const part = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
const speaker = fc.constantFrom("me", ...OTHERS);
/** Most often those who make the group cross the threshold. */
const mover = fc.constantFrom("cat", "cat", "dan", "dan", "bob", "me");
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("say" as const), group, by: speaker, mention: fc.boolean() }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("send", "read", "open", "close"), group }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom("edit", "edit", "recall"), group, part }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom("come", "go"), group, who: mover }) },
  { weight: 3, arbitrary: fc.constantFrom({ kind: "cut" }, { kind: "cut" }, { kind: "restart" }, { kind: "expire" }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(0, 20, 60, 150, 1_000) }),
  },
);
const fate: fc.Arbitrary<Fate> = fc.record({
  copies: fc.constantFrom(0, 0, 1, 1, 1, 2),
  ms: fc.constantFrom(0, 0, 0, 20, 90, 250),
});

/** How long calls take on their way there and back, in milliseconds. */
const delays = fc.array(fc.constantFrom(0, 0, 0, 10, 60, 130), { minLength: 1, maxLength: 20, size: "max" });

/** Takes the elements of a list in turn, for ever. */
function cycle<T>(list: readonly T[]): () => T {
  let next = 0;
  return () => list[next++ % list.length] as T;
}

class Run {
  readonly server = new FakeServer();
  device!: AccountUnderTest;
  readonly #nextFate: () => Fate;
  readonly #nextDelay: () => number;
  #said = 0;

  constructor(fates: readonly Fate[], waits: readonly number[]) {
    this.#nextFate = cycle(fates);
    this.#nextDelay = cycle(waits);
    this.server.fanoutMaxMembers = THRESHOLD;
  }

  async begin(): Promise<void> {
    for (const id of GROUPS) this.server.group(id, ["me", "ann", "bob"]);
    this.device = await AccountUnderTest.restore(this.server, "me");
    this.device.account.connect("me");
    await pass(0);
    this.server.route = (deliver) => this.#carry(deliver);
    this.server.before = this.server.after = () => this.#delay();
  }

  #carry(deliver: () => void): void {
    const { copies, ms } = this.#nextFate();
    for (let copy = 1; copy <= copies; copy += 1) {
      if (ms * copy === 0) deliver();
      else setTimeout(deliver, ms * copy);
    }
  }

  #delay(): void | Promise<void> {
    const ms = this.#nextDelay();
    if (ms > 0) return new Promise((resolve) => setTimeout(resolve, ms));
  }

  async happen(what: Happening): Promise<void> {
    const { server, device } = this;
    if (what.kind === "pass") return pass(what.ms);
    if (what.kind === "cut") return server.disconnect();
    if (what.kind === "restart") {
      const stopped = device.stop();
      await pass(500);
      await stopped;
      expect(device.faults).toEqual([]);
      this.device = await AccountUnderTest.restore(server, "me", device.store);
      return this.device.account.connect("me");
    }
    if (what.kind === "expire") {
      // Everything of the timeline so far is trimmed while the device is away.
      server.trimmed.set("me", server.head("me"));
      return server.disconnect();
    }
    const id = GROUPS[what.group] ?? "";
    const world = server.world(id);
    switch (what.kind) {
      case "say":
        if (world.has(what.by)) server.say(what.by, id, `said ${(this.#said += 1)}`, what.mention ? ["me"] : undefined);
        break;
      case "send":
        if (world.has("me")) await device.send(id, `sent ${(this.#said += 1)}`);
        break;
      case "read":
        await device.account.markRead(id, world.lastSeq);
        break;
      case "open":
      case "close":
        device.account.windows[what.kind](id);
        break;
      case "edit":
        this.#edit(id, what.part);
        break;
      case "recall":
        this.#edit(id, what.part, true);
        break;
      case "come":
        server.join(id, what.who);
        break;
      case "go":
        server.leave(id, what.who);
        break;
    }
  }

  /** Changes a message; `place` says which, as a part of what there is. */
  #edit(id: ConversationId, place: number, recall = false): void {
    const { server } = this;
    const seq = Math.max(1, Math.ceil(place * server.world(id).lastSeq));
    const message = server.world(id).messages[seq - 1];
    if (!message || message.content.kind === "system") return;
    if (recall) server.recall(id, seq);
    else server.edit(id, seq, `edited ${(this.#said += 1)}`);
  }

  /** The network is well from now on, and the device has had the time to notice: by a connect, or by the next news. */
  async settle(reconnects: boolean): Promise<void> {
    this.server.route = (deliver) => deliver();
    this.server.before = this.server.after = () => undefined;
    await pass(1_000);
    if (reconnects) {
      this.server.disconnect();
    } else {
      for (const id of GROUPS) {
        this.server.say("ann", id, "last", ["me"]);
        this.#edit(id, 1);
      }
    }
    await pass(90_000);
    expect(this.device.state.connection.status).toBe("online");
    // What was said to a group that one has left is refused, and stays to be decided on.
    const waiting = this.device.account.unsent.messages.messages.map(({ error }) => error?.code);
    expect(waiting.filter((code) => code !== "NOT_MEMBER")).toEqual([]);
  }
}

/** The whole of a conversation as a window shows it, opened anew and scrolled to its beginning. */
async function walk(device: AccountUnderTest, id: ConversationId) {
  const { windows } = device.account;
  while (windows.has(id)) windows.close(id);
  windows.open(id);
  await pass(500);
  for (let pages = 0; device.state.windows.get(id)?.more.before && pages < 100; pages += 1) {
    await windows.loadBefore(id);
  }
  return device.state.windows.get(id)?.messages ?? [];
}

/** What the list shows of a conversation, but for what depends on who was there when: others' receipts, mentions. */
function listed(device: AccountUnderTest, id: ConversationId) {
  const view = device.state.conversations.find(({ conversationId }) => conversationId === id);
  if (!view) return undefined;
  const { receipts: _r, mentioned: _m, mentionSeqs: _s, lastOutgoing: _o, activeAt: _a, ...shown } = view;
  const { changeSeq, memberCount, large, ...rest } = shown;
  // Nobody who has left is told of what becomes of the group.
  if (view.left === true) return rest;
  // Where changes come by the timeline they are not counted; who comes and goes in a large group is told to nobody else.
  return large === true ? { ...rest, large, changeSeq } : { ...rest, memberCount };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a device in groups that grow and shrink, whose pushes are lost, repeated and late", () => {
  it("ends as one that asks for everything anew, with nothing old in its cache", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 60, size: "max" }),
        fc.array(fate, { minLength: 1, maxLength: 20, size: "max" }),
        delays,
        fc.boolean(),
        async (happenings, fates, waits, reconnects) => {
          // Of an earlier run that failed.
          vi.clearAllTimers();
          const run = new Run(fates, waits);
          await run.begin();
          for (const what of happenings) await run.happen(what);
          await run.settle(reconnects);
          const { server, device } = run;
          const fresh = await AccountUnderTest.restore(server, "me");
          fresh.account.connect("me");
          await pass(500);

          for (const id of GROUPS) {
            const world = server.world(id);
            expect(listed(device, id)).toEqual(listed(fresh, id));
            // After leaving nobody is told what is changed later.
            const told = ({ seq }: { seq: Seq }): boolean => world.has("me") && world.visible("me", seq);
            const cached = (await device.store.messages(id, 10_000)).messages;
            expect(cached.filter(told)).toEqual(cached.filter(told).map(({ seq }) => world.message(seq)));
            const [here, there] = [await walk(device, id), await walk(fresh, id)];
            expect(here.map(({ seq }) => seq)).toEqual(there.map(({ seq }) => seq));
            expect(here.filter(told)).toEqual(there.filter(told));
          }
          for (const account of [device, fresh]) {
            await account.stop();
            expect(account.faults).toEqual([]);
          }
          expect(vi.getTimerCount()).toBe(0);
        },
      ),
      { numRuns: Number(process.env["RUNS"] ?? 150) },
    );
  });
});
