import { describe, expect, it } from "vitest";
import type { AccountUnderTest } from "../test/account-under-test.ts";
import { ChangesUnderTest } from "../test/changes-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const here = new ChangesUnderTest(scenario);

describe("drafts", () => {
  it("shows a draft at once, keeps it over a reload, and forgets it for good when it is emptied", async () => {
    const me = await here.enter();
    await me.account.unsent.drafts.set("g", "to be");
    await me.account.unsent.drafts.set("peer:cid", "hello");
    const drafts = (device: AccountUnderTest) =>
      device.state.conversations.map(({ conversationId, draft }) => [conversationId, draft]);
    expect(drafts(me)).toContainEqual(["g", "to be"]);
    expect(drafts(me)).toContainEqual(["peer:cid", "hello"]);
    await me.stop();
    const again = await scenario.online("me", me.store);
    expect(drafts(again)).toContainEqual(["g", "to be"]);
    await again.account.unsent.drafts.set("g", "");
    expect(drafts(again)).toContainEqual(["g", undefined]);
    // An older tab, which has not heard of that, brings nothing back by being read again.
    again.account.unsent.drafts.restore([{ conversationId: "g", text: "to be", at: 1 }]);
    expect(drafts(again)).toContainEqual(["g", undefined]);
  });

  it("moves a placeholder's draft to the conversation that is made", async () => {
    const me = await scenario.online("me");
    await me.account.unsent.drafts.set("peer:ann", "and then");
    await me.send("peer:ann", "one");
    await pass(0);
    expect(me.state.conversations).toMatchObject([{ conversationId: "d ann me", draft: "and then" }]);
  });

  it("takes over what another program has written", async () => {
    const me = await here.enter();
    const tab = await scenario.offline("me", me.store);
    await me.account.unsent.drafts.set("g", "one");
    await tab.account.unsent.drafts.set("g", "two");
    await me.account.unsent.drafts.refresh();
    expect(me.state.conversations[0]?.draft).toBe("two");
  });
});
