import { afterEach, beforeEach, expect, vi } from "vitest";
import type { CacheBounds } from "../src/cache/bounds.ts";
import type { Tabs } from "../src/tabs/tabs.ts";
import { AccountUnderTest } from "./account-under-test.ts";
import { FakeServer } from "./fake-server.ts";

/** Lets timers up to `ms` milliseconds from now fire, with what they cause. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** A server and the accounts on it, for each test anew and on a clock that only `pass` moves. */
export class Scenario {
  server = new FakeServer();
  readonly #running: AccountUnderTest[] = [];

  /** Sets the hooks up; call it at the top of a file or a `describe`. */
  static install(): Scenario {
    const scenario = new Scenario();
    beforeEach(() => {
      vi.useFakeTimers();
      scenario.server = new FakeServer();
    });
    afterEach(async () => {
      await scenario.#end();
      vi.useRealTimers();
    });
    return scenario;
  }

  /** An account restored from `store` (default: an empty one) that does not connect yet. */
  async offline(
    userId: string,
    store?: AccountUnderTest["store"],
    cache?: Partial<CacheBounds>,
    tabs?: Tabs,
  ): Promise<AccountUnderTest> {
    const account = await AccountUnderTest.restore(this.server, userId, store, cache, tabs);
    this.#running.push(account);
    return account;
  }

  /** The same, and connecting. */
  async start(userId: string, store?: AccountUnderTest["store"]): Promise<AccountUnderTest> {
    const account = await this.offline(userId, store);
    account.account.connect(userId);
    return account;
  }

  /** The same, and complete. */
  async online(userId: string, store?: AccountUnderTest["store"]): Promise<AccountUnderTest> {
    const account = await this.start(userId, store);
    await pass(0);
    expect(account.state.connection.status).toBe("online");
    return account;
  }

  async #end(): Promise<void> {
    for (const account of this.#running.splice(0)) {
      await account.stop();
      expect(account.faults).toEqual([]);
    }
    // Nothing may keep a program alive that has closed its client.
    expect(vi.getTimerCount()).toBe(0);
  }
}
