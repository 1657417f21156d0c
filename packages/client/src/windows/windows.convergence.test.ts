import type { HistoryRequest, Message, Seq } from "@im-webapp/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AccountUnderTest } from "../../test/account-under-test.ts";
import { FakeServer } from "../../test/fake-server.ts";
import { pass } from "../../test/scenario.ts";
import type { MessageWindow } from "../types.ts";
import { WINDOW_MAX } from "./stretch.ts";

/** What the user may not read, for they have joined after it, and what was written after that. */
const HIDDEN = 40;
const PAST = 1_300;

type Happening =
  | { kind: "before" | "after"; pages: number }
  | { kind: "around"; part: number }
  | { kind: "newest" | "reopen" | "cut" | "expire" | "offline" | "online" }
  | { kind: "say" | "absence"; count: number }
  | { kind: "edit"; part: number }
  | { kind: "evict"; limit: number; keep: number }
  | { kind: "pass"; ms: number };

/** What becomes of a push on its way; `ms`: how late it comes. */
type Fate = { copies: number; ms: number };

/** A place in the conversation, a little beyond its ends too. */
const part = fc.oneof(fc.double({ min: -0.02, max: 1.02, noNaN: true }), fc.constantFrom(0.5, 0.98, 1));
const paging: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("before", "after"),
  pages: fc.constantFrom(1, 1, 2, 6, 22),
});
const turning: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("around" as const), part }) },
  { weight: 1, arbitrary: fc.constant({ kind: "newest" }) },
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: paging },
  { weight: 5, arbitrary: turning },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("say" as const), count: fc.constantFrom(1, 1, 1, 3, 60, 300, 1_100) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("absence" as const), count: fc.constantFrom(3, 60, 600, 1_100) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("edit" as const), part }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("evict" as const),
      limit: fc.constantFrom(10, 500, 5_000),
      keep: fc.constantFrom(0, 20, 50),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("reopen", "cut", "expire", "offline", "online", "online") }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(0, 20, 60, 150, 1_000) }),
  },
);
const fate: fc.Arbitrary<Fate> = fc.record({
  copies: fc.constantFrom(0, 1, 1, 1, 1, 2),
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
  /** The message that the window was last turned to, and whether no page was asked for since; undefined for the end. */
  around: { readonly seq: Seq; isStill: boolean } | undefined;
  readonly #nextFate: () => Fate;
  readonly #nextDelay: () => number;
  readonly #loads: Promise<void>[] = [];
  /** The highest version of each message that was shown. */
  readonly #shown = new Map<Seq, number>();
  #said = 0;

  constructor(isLarge: boolean, fates: readonly Fate[], waits: readonly number[]) {
    this.server.fanoutMaxMembers = isLarge ? 1 : Infinity;
    this.#nextFate = cycle(fates);
    this.#nextDelay = cycle(waits);
  }

  async begin(): Promise<void> {
    const { server } = this;
    server.group("g", ["ann"]);
    server.past("g", "ann", HIDDEN);
    server.join("g", "me");
    server.past("g", "ann", PAST);
    this.device = await AccountUnderTest.restore(server, "me");
    this.device.account.connect("me");
    this.device.account.windows.open("g");
    await pass(200);
    server.route = (deliver) => this.#carry(deliver);
    server.before = server.after = () => this.#delay();
  }

  get window(): MessageWindow {
    const window = this.device.state.windows.get("g");
    if (!window) throw new Error("No window");
    return window;
  }

  get lastSeq(): Seq {
    return this.server.world("g").lastSeq;
  }

  async happen(what: Happening): Promise<void> {
    const { server, device } = this;
    const { windows } = device.account;
    switch (what.kind) {
      case "before":
      case "after":
        for (let page = 0; page < what.pages; page += 1) {
          this.#loads.push(what.kind === "before" ? windows.loadBefore("g") : windows.loadAfter("g"));
        }
        if (this.around) this.around.isStill = false;
        break;
      case "around":
        this.around = { seq: Math.round(what.part * this.lastSeq), isStill: true };
        this.#loads.push(windows.showAround("g", this.around.seq));
        break;
      case "newest":
        this.around = undefined;
        this.#loads.push(windows.showNewest("g"));
        break;
      case "reopen":
        this.around = undefined;
        windows.close("g");
        windows.open("g");
        break;
      case "say":
        this.#say(what.count);
        break;
      case "absence":
        server.disconnect();
        this.#say(what.count);
        device.account.reconnectNow();
        break;
      case "edit":
        this.#edit(Math.round(what.part * this.lastSeq));
        break;
      case "evict":
        await device.store.evict({ conversationId: "g", limit: what.limit, keep: what.keep });
        break;
      case "expire":
        server.trimmed.set("me", server.head("me"));
        server.disconnect();
        break;
      case "cut":
        server.disconnect();
        break;
      case "offline":
        server.reachable = false;
        server.disconnect();
        break;
      case "online":
        server.reachable = true;
        device.account.reconnectNow();
        break;
      case "pass":
        await pass(what.ms);
    }
    this.look();
  }

  /** What holds at any time. */
  look(): void {
    const { messages } = this.window;
    expect(messages.length).toBeLessThanOrEqual(WINDOW_MAX);
    const first = messages[0]?.seq ?? 0;
    for (const [index, { seq, version }] of messages.entries()) {
      // Compared by hand, as an assertion for each would take most of the time.
      if (seq !== first + index) expect.fail(`a hole before ${seq}`);
      if (version < (this.#shown.get(seq) ?? 0)) expect.fail(`an older version of ${seq}`);
      this.#shown.set(seq, version);
    }
  }

  /** The network is well from now on, and all that was asked for has come. */
  async settle(): Promise<void> {
    const { server, device } = this;
    server.route = (deliver) => deliver();
    server.before = server.after = () => undefined;
    server.reachable = true;
    await pass(1_000);
    server.disconnect();
    await pass(90_000);
    await Promise.all(this.#loads);
    expect(device.state.connection.status).toBe("online");
    this.look();
  }

  /** Lets the device go; nothing of it goes on. */
  async end(): Promise<void> {
    await this.device.stop();
    expect(this.device.faults).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  }

  #say(count: number): void {
    for (let said = 0; said < count; said += 1) this.server.say("ann", "g", `said ${(this.#said += 1)}`);
  }

  #edit(seq: Seq): void {
    const message: Message | undefined = this.server.messages("g")[seq - 1];
    if (message && message.content.kind !== "system") this.server.edit("g", seq, `edited ${(this.#said += 1)}`);
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
}

/** What holds of a window when nothing is under way any more. */
function expectTruth(run: Run): void {
  const { window, server, around, lastSeq } = run;
  const canRead = (seq: Seq) => seq > HIDDEN && seq <= lastSeq;
  expect(window.loading).toBe("none");
  if (around && !canRead(around.seq) && window.messages.length === 0) {
    expect(window).toMatchObject({ around: around.seq, error: { code: "NOT_FOUND" } });
    return;
  }
  expect(window.error).toBeUndefined();
  const seqs = window.messages.map(({ seq }) => seq);
  expect(window.more).toEqual({ before: seqs[0] !== HIDDEN + 1, after: seqs.at(-1) !== lastSeq });
  expect(window.messages).toEqual(seqs.map((seq) => server.messages("g")[seq - 1]));
  expect(window.around).toBe(around?.seq);
  if (window.atEnd) expect(window.more.after).toBe(false);
  // Paging leads away from what was asked for at first; nothing else does.
  if (around?.isStill === true) expect(seqs).toContain(around.seq);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a window that is moved and paged while messages come, change and go from the cache", () => {
  it("is one run without a hole within its bound, and tells the truth in the end", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(happening, { maxLength: 30, size: "max" }),
        fc.array(fate, { minLength: 1, maxLength: 20, size: "max" }),
        delays,
        async (isLarge, happenings, fates, waits) => {
          // Of an earlier run that failed.
          vi.clearAllTimers();
          const run = new Run(isLarge, fates, waits);
          await run.begin();
          for (const what of happenings) await run.happen(what);
          await run.settle();
          expectTruth(run);

          // Both ends can be reached from wherever that is.
          const { windows } = run.device.account;
          await windows.showNewest("g");
          await pass(0);
          run.around = undefined;
          expectTruth(run);
          expect(run.window.atEnd).toBe(true);
          await windows.showAround("g", HIDDEN + 1);
          expect(run.window.more.before).toBe(false);
          for (let page = 0; run.window.more.after && page < 400; page += 1) {
            await windows.loadAfter("g");
            run.look();
          }
          run.server.say("ann", "g", "live again");
          await pass(0);
          expect(run.window.messages.at(-1)?.seq).toBe(run.lastSeq);
          await run.end();
        },
      ),
      { numRuns: Number(process.env["RUNS"] ?? 60) },
    );
  });

  it("asks for nothing but pages", async () => {
    const run = new Run(false, [{ copies: 1, ms: 0 }], [0]);
    await run.begin();
    const { calls } = run.server;
    calls.length = 0;
    await run.device.account.windows.showAround("g", 600);
    await run.device.account.windows.loadAfter("g");
    const asked = calls.map(({ request }) => request as HistoryRequest);
    expect(asked).toEqual([
      { conversationId: "g", around: 600, limit: 50 },
      { conversationId: "g", after: 625, limit: 50 },
    ]);
    await run.end();
  });
});
