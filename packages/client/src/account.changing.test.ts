import { describe, expect, it } from "vitest";
import { LargeGroupUnderTest } from "../test/large-group-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const group = new LargeGroupUnderTest(scenario);

describe("changing a message", () => {
  it("edits, recalls and reacts where there is a connection, and says so where there is none", async () => {
    const me = await group.enter();
    scenario.server.say("me", "g", "a");
    scenario.server.say("me", "g", "b");
    await pass(0);
    const { messages } = me.account;
    await messages.edit("g", 1, "a!");
    await messages.react("g", 1, "👍", true);
    await messages.recall("g", 2);
    await pass(0);
    expect(me.texts("g")).toEqual(["a!", "system"]);
    expect(me.state.windows.get("g")?.messages[0]?.reactions).toEqual([{ emoji: "👍", count: 1, userIds: ["me"] }]);
    expect(await messages.readers("g", 2)).toEqual({ readers: ["me"], more: false });
    scenario.server.disconnect();
    for (const change of [messages.edit("g", 1, "x"), messages.recall("g", 1), messages.react("g", 1, "👍", false)]) {
      await expect(change).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
    }
  });

  it("shows its own change although the push of it was lost", async () => {
    const me = await group.enter();
    scenario.server.say("me", "g", "a");
    await pass(0);
    scenario.server.pushing = false;
    await me.account.messages.edit("g", 1, "a!");
    await pass(999);
    expect(me.texts("g")).toEqual(["a"]);
    await pass(1);
    expect(me.texts("g")).toEqual(["a!"]);
  });
});
