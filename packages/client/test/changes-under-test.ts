import type { Message } from "@im-webapp/protocol";
import type { PendingChange } from "../src/store/local-store.ts";
import type { AccountUnderTest } from "./account-under-test.ts";
import { LargeGroupUnderTest } from "./large-group-under-test.ts";
import { pass } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

const CHANGES: readonly string[] = ["message:edit", "message:recall", "message:react"];

/** The group "g", and what reaches the server of changes made in it. */
export class ChangesUnderTest {
  readonly group: LargeGroupUnderTest;
  readonly #scenario: Scenario;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.group = new LargeGroupUnderTest(scenario);
  }

  /** A small group with "a" and "b" of one's own, and a device whose window is open. */
  async enter(): Promise<AccountUnderTest> {
    const me = await this.group.enter(Infinity);
    this.#scenario.server.say("me", "g", "a");
    this.#scenario.server.say("me", "g", "b");
    await pass(0);
    return me;
  }

  /** The changes that reached the server, in order. */
  arrived(): string[] {
    return this.#scenario.server.calls.flatMap(({ name, request }) =>
      CHANGES.includes(name) && "seq" in request ? [`${name.slice(8)} ${request.seq}`] : [],
    );
  }

  /** Loses the network until `reach`. */
  cut(): void {
    this.#scenario.server.reachable = false;
    this.#scenario.server.disconnect();
  }

  async reach(): Promise<void> {
    this.#scenario.server.reachable = true;
    await pass(60_000);
  }
}

export function reactions(here: AccountUnderTest, seq: number): Message["reactions"] {
  return here.state.windows.get("g")?.messages.find((message) => message.seq === seq)?.reactions;
}

export async function stored(here: AccountUnderTest): Promise<readonly PendingChange[]> {
  return (await here.store.load()).changes;
}
