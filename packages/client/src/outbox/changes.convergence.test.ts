import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AccountUnderTest } from "../../test/account-under-test.ts";
import { memoryAccount } from "../../test/builders.ts";
import { FakeServer } from "../../test/fake-server.ts";

/** How long a property may take on a machine that is busy with other things, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** Messages in the conversation, half of them one's own. */
const MESSAGES = 2;

/** One thing that happens, to the message at `seq` where it is about one. */
interface Step {
  kind: "edit" | "recall" | "react" | "their edit" | "their reaction" | "cut" | "reach" | "restart" | "lose" | "wait";
  seq: number;
  on: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...(["edit", "edit", "react", "react", "react", "recall", "their edit", "their reaction"] as const),
    ...(["cut", "reach", "restart", "lose", "lose", "wait"] as const),
  ),
  seq: fc.integer({ min: 1, max: MESSAGES }),
  on: fc.boolean(),
});

/** A run of a device whose answers get lost and which is restarted, beside another device of the same user. */
class Run {
  readonly #server = new FakeServer();
  #me!: AccountUnderTest;
  #edits = 0;

  async begin(): Promise<void> {
    this.#server.group("g", ["me", "ann"]);
    for (let seq = 1; seq <= MESSAGES; seq += 1) this.#server.say(seq % 2 === 0 ? "ann" : "me", "g", `text ${seq}`);
    this.#me = await this.#start(await memoryAccount());
    await vi.advanceTimersByTimeAsync(0);
  }

  async take({ kind, seq, on }: Step): Promise<void> {
    const { messages } = this.#me.account;
    const text = `edit ${(this.#edits += 1)}`;
    switch (kind) {
      case "edit":
        return this.#begun(messages.edit("g", seq, text));
      case "recall":
        return this.#begun(messages.recall("g", seq));
      case "react":
        return this.#begun(messages.react("g", seq, "👍", on));
      case "their edit":
        if (this.#server.messages("g")[seq - 1]?.recalledAt === undefined) this.#server.edit("g", seq, text);
        return this.#settled();
      case "their reaction":
        if (this.#server.messages("g")[seq - 1]?.recalledAt === undefined)
          this.#server.react("g", seq, "ann", "👍", on);
        return this.#settled();
      case "cut":
        this.#server.reachable = false;
        this.#server.disconnect();
        return this.#settled();
      case "reach":
        this.#server.reachable = true;
        this.#me.account.reconnectNow();
        return this.#settled();
      case "restart":
        await this.#me.stop();
        this.#me = await this.#start(this.#me.store);
        return this.#settled();
      case "lose":
        // The next change takes effect, and its answer is lost with the connection.
        this.#server.after = (name) => {
          if (!name.startsWith("message:")) return;
          this.#server.after = () => undefined;
          this.#server.disconnect();
        };
        return;
      case "wait":
        await vi.advanceTimersByTimeAsync(700);
    }
  }

  /** Lets everything reach everybody, and gives what is shown and what is true. */
  async end() {
    this.#server.after = () => undefined;
    this.#server.reachable = true;
    await vi.advanceTimersByTimeAsync(120_000);
    const { windows, failedChanges, conversations } = this.#me.state;
    const shown = windows.get("g")?.messages;
    const { changes } = await this.#me.store.load();
    await this.#me.stop();
    return {
      shown,
      lastMessage: conversations[0]?.lastMessage,
      truth: this.#server.messages("g"),
      left: changes.length - failedChanges.length,
      faults: this.#me.faults,
    };
  }

  async #start(store: AccountUnderTest["store"]): Promise<AccountUnderTest> {
    const me = await AccountUnderTest.restore(this.#server, "me", store);
    me.account.windows.open("g");
    me.account.connect("me");
    return me;
  }

  /** Some are refused, which is told elsewhere. */
  async #begun(change: Promise<void>): Promise<void> {
    change.catch(() => undefined);
    await this.#settled();
  }

  async #settled(): Promise<void> {
    await vi.advanceTimersByTimeAsync(0);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("changes made on a device", () => {
  it(
    "lead to what the server has, whatever is lost, restarted or changed elsewhere meanwhile",
    { timeout: TIMEOUT_MS },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const run = new Run();
          await run.begin();
          for (const next of steps) await run.take(next);
          const { shown, lastMessage, truth, left, faults } = await run.end();
          expect(faults).toEqual([]);
          expect(shown).toEqual(truth);
          expect(lastMessage).toEqual(truth.at(-1));
          expect(left).toBe(0);
        }),
        { numRuns: 100 },
      );
    },
  );

  it("are in the end as they were last made, where nobody else changes anything", { timeout: TIMEOUT_MS }, async () => {
    const own = step.filter(({ kind }) => !["recall", "their edit", "their reaction"].includes(kind));
    await fc.assert(
      fc.asyncProperty(fc.array(own, { maxLength: 25 }), async (steps) => {
        const run = new Run();
        await run.begin();
        for (const next of steps) await run.take(next);
        const { truth, left } = await run.end();
        expect(left).toBe(0);
        for (const { seq, reactions = [], content } of truth) {
          const last = steps.findLast((one) => one.kind === "react" && one.seq === seq);
          expect(reactions.some(({ userIds }) => userIds.includes("me"))).toBe(last?.on ?? false);
          const edits = steps.flatMap((one, index) => (one.kind === "edit" && one.seq === seq ? [index + 1] : []));
          const text = seq % 2 === 1 && edits.length > 0 ? `edit ${edits.at(-1)}` : `text ${seq}`;
          expect(content).toEqual({ kind: "text", text });
        }
      }),
      { numRuns: 200 },
    );
  });
});
