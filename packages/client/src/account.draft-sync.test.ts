import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AccountUnderTest } from "../test/account-under-test.ts";
import { memoryAccount } from "../test/builders.ts";
// Loaded beforehand, for the clock of these tests does not wait for files.
import "./outbox/draft-sync.ts";
import { FakeServer } from "../test/fake-server.ts";
import { pass, Scenario } from "../test/scenario.ts";

/** How long a property may take on a machine that is busy with other things, in milliseconds. */
const TIMEOUT_MS = 60_000;

const draftOf = ({ state }: AccountUnderTest): string =>
  state.conversations.find(({ conversationId }) => conversationId === "g")?.draft ?? "";
const type = (device: AccountUnderTest, text: string): Promise<void> => device.account.unsent.drafts.set("g", text);

describe("a draft", () => {
  const scenario = Scenario.install();
  const tellings = () => scenario.server.calls.filter(({ name }) => name === "draft:set").length;

  async function enter(): Promise<[AccountUnderTest, AccountUnderTest]> {
    scenario.server.group("g", ["me", "ann"]);
    return [await scenario.online("me"), await scenario.online("me")];
  }

  it("goes to the other devices once the writer pauses, not with each key", async () => {
    const [desk, phone] = await enter();
    for (const text of ["t", "to", "to b", "to be"]) {
      await type(desk, text);
      await pass(300);
    }
    expect([tellings(), draftOf(phone)]).toEqual([0, ""]);
    await pass(1_500);
    expect([tellings(), draftOf(phone)]).toEqual([1, "to be"]);
    await type(phone, "to be or not");
    await pass(1_500);
    expect(draftOf(desk)).toBe("to be or not");
    // Emptied, as by sending, it is gone everywhere at once.
    await type(desk, "");
    await pass(0);
    expect([draftOf(desk), draftOf(phone)]).toEqual(["", ""]);
  });

  it("is told of now and then to those who wait, while somebody types without a pause", async () => {
    const [desk, phone] = await enter();
    for (let key = 1; key <= 40; key += 1) {
      await type(desk, "x".repeat(key));
      await pass(500);
    }
    expect(tellings()).toBeGreaterThan(0);
    expect(tellings()).toBeLessThan(5);
    expect(draftOf(phone).length).toBeGreaterThan(10);
    await pass(1_500);
    expect(draftOf(phone)).toBe("x".repeat(40));
  });

  it("that is being typed stays under the fingers, whatever comes; in the end both show what was typed last", async () => {
    const [desk, phone] = await enter();
    await type(desk, "desk");
    await pass(1_000);
    await type(phone, "phone");
    await pass(600);
    // The desk's has gone out by now.
    expect([draftOf(desk), draftOf(phone)]).toEqual(["desk", "phone"]);
    await pass(2_000);
    expect([draftOf(desk), draftOf(phone)]).toEqual(["phone", "phone"]);
  });

  it("written offline is told of later, and does not replace what was typed after it", async () => {
    const [desk, phone] = await enter();
    await phone.stop();
    const offline = await scenario.offline("me", phone.store);
    await type(offline, "earlier");
    await pass(10_000);
    await type(desk, "later");
    await pass(2_000);
    offline.account.connect("me");
    await pass(3_000);
    expect([draftOf(desk), draftOf(offline)]).toEqual(["later", "later"]);
    // And it is not told again after a restart.
    await offline.stop();
    const before = tellings();
    const again = await scenario.online("me", offline.store);
    await pass(3_000);
    expect([tellings(), draftOf(again)]).toEqual([before, "later"]);
  });

  it("of a placeholder stays here until there is a conversation", async () => {
    const me = await scenario.online("me");
    await me.account.unsent.drafts.set("peer:ann", "and then");
    await pass(5_000);
    expect(tellings()).toBe(0);
    await me.send("peer:ann", "one");
    await pass(3_000);
    const other = await scenario.online("me");
    expect(other.state.conversations).toMatchObject([{ conversationId: "d ann me", draft: "and then" }]);
  });

  it("that is too long for the server stays on its device", async () => {
    const [desk, phone] = await enter();
    await type(desk, "x".repeat(8_001));
    await pass(5_000);
    expect([tellings(), draftOf(desk).length, draftOf(phone)]).toEqual([0, 8_001, ""]);
    await type(desk, "short");
    await pass(5_000);
    expect(draftOf(phone)).toBe("short");
  });
});

/** One thing that happens to one of two devices. */
interface Step {
  device: 0 | 1;
  kind: "type" | "empty" | "pin" | "mute" | "hide" | "mark" | "read" | "said" | "cut" | "reach" | "restart" | "wait";
  on: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  device: fc.constantFrom(0 as const, 1 as const),
  kind: fc.constantFrom(
    ...(["type", "type", "type", "empty", "pin", "pin", "mute", "hide", "mark"] as const),
    ...(["read", "said", "cut", "reach", "reach", "restart", "wait", "wait"] as const),
  ),
  on: fc.boolean(),
});

/** Two devices of one user, which lose their network and are restarted, each by itself. */
class Run {
  readonly #server = new FakeServer();
  readonly #devices: AccountUnderTest[] = [];
  readonly #offline = [false, false];
  #typed = 0;

  async begin(): Promise<void> {
    this.#server.group("g", ["me", "ann"]);
    this.#server.say("ann", "g", "hello");
    for (let n = 0; n < 2; n += 1) this.#devices.push(await this.#start(await memoryAccount()));
    await vi.advanceTimersByTimeAsync(0);
  }

  async take({ device, kind, on }: Step): Promise<void> {
    const here = this.#devices[device]!;
    const set = (settings: object): void => {
      here.account.setConversation("g", settings).catch(() => undefined);
    };
    switch (kind) {
      case "type":
        await type(here, `text ${(this.#typed += 1)}`);
        // What was just typed is what is shown, whatever has come.
        expect(draftOf(here)).toBe(`text ${this.#typed}`);
        break;
      case "empty":
        await type(here, "");
        expect(draftOf(here)).toBe("");
        break;
      case "pin":
        set({ pinned: on });
        break;
      case "mute":
        set({ notify: on ? 1 : 0 });
        break;
      case "hide":
        set({ hidden: on });
        break;
      case "mark":
        set({ markedUnread: on });
        break;
      case "read":
        await here.account.markRead("g", this.#server.messages("g").length);
        break;
      case "said":
        this.#server.say("ann", "g", "more");
        break;
      case "cut":
        await here.stop();
        this.#devices[device] = await AccountUnderTest.restore(this.#server, "me", here.store);
        this.#offline[device] = true;
        break;
      case "reach":
        if (this.#offline[device]) here.account.connect("me");
        this.#offline[device] = false;
        break;
      case "restart":
        await here.stop();
        this.#devices[device] = await this.#start(here.store);
        this.#offline[device] = false;
        break;
      case "wait":
        await vi.advanceTimersByTimeAsync(900);
    }
    await vi.advanceTimersByTimeAsync(1);
  }

  /** Lets everything reach everybody, and gives what each device shows and what is true. */
  async end() {
    this.#devices.forEach((here, index) => this.#offline[index] && here.account.connect("me"));
    await vi.advanceTimersByTimeAsync(120_000);
    const shown = this.#devices.map(({ state }) => {
      const { pinned, notify = 0, hidden, markedUnread = false, draft = "" } = state.conversations[0]!;
      return { pinned, notify, hidden, markedUnread, draft };
    });
    const world = this.#server.world("g");
    const { pinned, notify, markedUnread, draft } = world.settings("me");
    const truth = { pinned, notify, hidden: world.view("me").hidden, markedUnread, draft };
    const left = await Promise.all(this.#devices.map(async ({ store }) => (await store.load()).changes.length));
    for (const device of this.#devices) await device.stop();
    return { shown, truth, left, faults: this.#devices.flatMap(({ faults }) => faults) };
  }

  async #start(store: AccountUnderTest["store"]): Promise<AccountUnderTest> {
    const device = await AccountUnderTest.restore(this.#server, "me", store);
    device.account.connect("me");
    return device;
  }
}

describe("two devices of one user", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("show the same draft and settings in the end, those that the server has", { timeout: TIMEOUT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const run = new Run();
        await run.begin();
        for (const next of steps) await run.take(next);
        const { shown, truth, left, faults } = await run.end();
        expect(faults).toEqual([]);
        expect(shown).toEqual([truth, truth]);
        expect(left).toEqual([0, 0]);
      }),
      { numRuns: 150 },
    );
  });
});
