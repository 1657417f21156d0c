import type { Message } from "@im-webapp/protocol";
import type { ConversationView } from "../src/types.ts";
import type { Held } from "../src/sync/held.ts";
import type { AccountUnderTest } from "./account-under-test.ts";
import { pass } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";

/** The large group "g" of three; any of the members makes it small by leaving. */
export class LargeGroupUnderTest {
  readonly #scenario: Scenario;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /**
   * Makes it, large if it has more than `fanoutMaxMembers`; gives a device online in it, whose window is open and which
   * has nothing to ask.
   */
  async enter(fanoutMaxMembers = 2): Promise<AccountUnderTest> {
    const { server } = this.#scenario;
    server.fanoutMaxMembers = fanoutMaxMembers;
    server.group("g", ["me", "ann", "bob"]);
    const me = await this.#scenario.online("me");
    me.account.windows.open("g");
    await pass(0);
    this.forget();
    return me;
  }

  /** Only what the server is asked from now on counts. */
  forget(): void {
    this.#scenario.server.calls.length = 0;
  }

  /** What the server has been asked since. */
  calls(): string[] {
    return this.#scenario.server.calls.map(({ name }) => name);
  }

  view(me: AccountUnderTest): ConversationView | undefined {
    return me.state.conversations.find(({ conversationId }) => conversationId === "g");
  }

  async cached(me: AccountUnderTest): Promise<readonly Message[]> {
    return (await me.store.messages("g", 5_000)).messages;
  }

  held(me: AccountUnderTest): Held | undefined {
    return me.account.record("g")?.held;
  }

  /** Connects again at once, and gives what follows the time that it takes. */
  async comeBack(me: AccountUnderTest): Promise<void> {
    me.account.reconnectNow();
    await pass(250);
  }
}
