import { describe, expect, it } from "vitest";
import { ChangesUnderTest, reactions, stored } from "../test/changes-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const here = new ChangesUnderTest(scenario);

describe("changing a message", () => {
  for (const [size, fanoutMaxMembers] of [
    ["a large", 2],
    ["a small", Infinity],
  ] as const) {
    it(`edits, recalls and reacts with a connection, in ${size} group`, async () => {
      const me = await here.group.enter(fanoutMaxMembers);
      scenario.server.say("me", "g", "a");
      scenario.server.say("me", "g", "b");
      await pass(0);
      const { messages } = me.account;
      const done = Promise.all([
        messages.edit("g", 1, "a!"),
        messages.react("g", 1, "👍", true),
        messages.recall("g", 2),
      ]);
      await pass(0);
      await done;
      expect(me.texts("g")).toEqual(["a!", "system"]);
      expect(reactions(me, 1)).toEqual([{ emoji: "👍", count: 1, userIds: ["me"] }]);
      expect(here.arrived()).toEqual(["edit 1", "react 1", "recall 2"]);
      expect(await messages.readers("g", 2)).toEqual({ readers: ["me"], more: false });
      expect(await stored(me)).toEqual([]);
    });
  }

  it("rejects with what the server refuses, shows what was, and tells it until it is dismissed", async () => {
    const me = await here.enter();
    scenario.server.say("ann", "g", "hers");
    await pass(0);
    const refused = me.account.messages.edit("g", 3, "mine").catch((error: unknown) => error);
    await pass(0);
    expect(await refused).toMatchObject({ code: "FORBIDDEN" });
    expect(me.texts("g")).toEqual(["a", "b", "hers"]);
    expect(me.state.failedChanges).toMatchObject([
      { conversationId: "g", seq: 3, kind: "edit", text: "mine", error: { code: "FORBIDDEN" } },
    ]);
    await me.stop();
    const again = await scenario.online("me", me.store);
    expect(again.state.failedChanges).toHaveLength(1);
    await again.account.unsent.changes.dismiss(again.state.failedChanges[0]!.id);
    expect(again.state.failedChanges).toEqual([]);
    expect(await stored(again)).toEqual([]);
    expect(here.arrived()).toEqual(["edit 3"]);
  });

  it("shows changes made offline at once, in windows and in the list, also after a reload, and sends each once", async () => {
    const before = await here.enter();
    const phone = await scenario.online("me");
    phone.account.windows.open("g");
    here.cut();
    await before.account.messages.react("g", 1, "👍", true);
    await before.account.messages.edit("g", 1, "a!");
    await before.account.messages.recall("g", 2);
    expect(before.texts("g")).toEqual(["a!", "system"]);
    expect(before.state.windows.get("g")?.changing).toEqual(new Set([1, 2]));
    expect(before.state.conversations[0]?.lastMessage).toMatchObject({ content: { event: "message.recalled" } });
    await before.stop();

    const me = await scenario.start("me", before.store);
    me.account.windows.open("g");
    await pass(0);
    expect(me.texts("g")).toEqual(["a!", "system"]);
    expect(reactions(me, 1)).toEqual([{ emoji: "👍", count: 1, userIds: ["me"] }]);
    expect(here.arrived()).toEqual([]);
    await here.reach();
    expect(here.arrived()).toEqual(["react 1", "edit 1", "recall 2"]);
    for (const device of [me, phone]) {
      expect(device.texts("g")).toEqual(["a!", "system"]);
      expect(device.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
      expect(device.state.windows.get("g")?.changing).toEqual(new Set());
    }
    expect(await stored(me)).toEqual([]);
  });

  it("keeps no text of an edit made offline of what was recalled meanwhile", async () => {
    const me = await here.enter();
    here.cut();
    await me.account.messages.edit("g", 1, "a!");
    scenario.server.recall("g", 1);
    await here.reach();
    expect(me.texts("g")).toEqual(["system", "b"]);
    expect(me.state.failedChanges).toEqual([]);
    expect(await stored(me)).toEqual([]);
  });

  it("resolves when the connection is lost before the answer, which is asked for again", async () => {
    const me = await here.enter();
    let lost = false;
    scenario.server.after = (name) => {
      if (name === "message:edit" && !lost) {
        lost = true;
        scenario.server.disconnect();
      }
    };
    const done = me.account.messages.edit("g", 1, "a!");
    await pass(0);
    await done;
    expect(me.texts("g")).toEqual(["a!", "b"]);
    await pass(60_000);
    expect(here.arrived()).toEqual(["edit 1", "edit 1"]);
    expect(scenario.server.messages("g")[0]?.version).toBe(2);
    expect(await stored(me)).toEqual([]);
  });

  it("never cancels what the server may have: on with its answer lost, then off", async () => {
    const me = await here.enter();
    scenario.server.after = (name) => {
      if (name === "message:react") here.cut();
    };
    const on = me.account.messages.react("g", 1, "👍", true);
    await pass(0);
    await on;
    scenario.server.after = () => undefined;
    await me.account.messages.react("g", 1, "👍", false);
    expect(reactions(me, 1)).toBeUndefined();
    await me.stop();
    const again = await scenario.offline("me", me.store);
    again.account.windows.open("g");
    again.account.connect("me");
    await here.reach();
    expect(reactions(again, 1)).toBeUndefined();
    expect(scenario.server.messages("g")[0]?.reactions).toBeUndefined();
    expect(here.arrived()).toEqual(["react 1", "react 1", "react 1"]);
  });

  it("sends nothing for a reaction put and taken away offline", async () => {
    const me = await here.enter();
    here.cut();
    await me.account.messages.react("g", 1, "👍", true);
    await me.account.messages.react("g", 1, "👍", false);
    await here.reach();
    expect(here.arrived()).toEqual([]);
    expect(await stored(me)).toEqual([]);
  });

  it("keeps showing what was accepted although the push of it was lost", async () => {
    for (const fanoutMaxMembers of [2, Infinity]) {
      const me = await here.group.enter(fanoutMaxMembers);
      scenario.server.pushing = true;
      scenario.server.say("me", "g", "a");
      await pass(0);
      const seq = scenario.server.messages("g").length;
      scenario.server.pushing = false;
      const done = me.account.messages.edit("g", seq, "a!");
      await pass(0);
      await done;
      expect(me.texts("g").at(-1)).toBe("a!");
      expect(me.state.windows.get("g")?.changing).toEqual(new Set());
      expect(await stored(me)).toMatchObject([{ accepted: { version: 2 } }]);
      await pass(2_000);
      expect(me.texts("g").at(-1)).toBe("a!");
      expect(await stored(me)).toEqual([]);
      await me.stop();
    }
  });

  it("forgets what was accepted when a page of the window brings it", async () => {
    const me = await here.enter();
    scenario.server.pushing = false;
    const done = me.account.messages.edit("g", 1, "a!");
    await pass(0);
    await done;
    // The window's own copy is still behind.
    me.account.unsent.changes.settle(scenario.server.messages("g"));
    await pass(0);
    expect(await stored(me)).toHaveLength(1);
    await me.store.evict({ conversationId: "g", limit: 10, keep: 0 });
    me.account.windows.reset("g");
    await pass(0);
    expect(here.group.calls()).toContain("history:pull");
    expect(me.texts("g")).toEqual(["a!", "b"]);
    expect(await stored(me)).toEqual([]);
  });

  it("forgets at once what the server has of a message that nothing here shows, and what changed nothing", async () => {
    const me = await here.group.enter(Infinity);
    scenario.server.past("g", "ann", 3);
    scenario.server.react("g", 2, "me", "👍", true);
    await pass(0);
    const done = me.account.messages.react("g", 2, "👍", true);
    await pass(0);
    await done;
    await pass(0);
    expect(await stored(me)).toEqual([]);
  });

  it("goes on showing another device's newer edit over an accepted one", async () => {
    const me = await here.enter();
    const done = me.account.messages.edit("g", 1, "mine");
    await pass(0);
    await done;
    scenario.server.edit("g", 1, "later");
    await pass(0);
    expect(me.texts("g")).toEqual(["later", "b"]);
  });

  it("tells of changes that another life of the database made void", async () => {
    const me = await here.enter();
    here.cut();
    await me.account.messages.edit("g", 1, "a!");
    scenario.server.restoreEmpty("e2");
    scenario.server.group("g", ["me", "ann"]);
    scenario.server.say("me", "g", "another first");
    await here.reach();
    expect(here.arrived()).toEqual([]);
    expect(me.texts("g")).toEqual(["another first"]);
    expect(me.state.failedChanges).toMatchObject([{ seq: 1, kind: "edit", error: { code: "NOT_FOUND" } }]);
    expect(await stored(me)).toHaveLength(1);
  });

  it("keeps changes that wait over an expired cursor", async () => {
    const me = await here.enter();
    here.cut();
    await me.account.messages.edit("g", 1, "a!");
    for (let said = 0; said < 3; said += 1) scenario.server.say("ann", "g", "more");
    scenario.server.trimmed.set("me", scenario.server.head("me") - 1);
    await here.reach();
    expect(here.arrived()).toEqual(["edit 1"]);
    expect(me.texts("g")).toEqual(["a!", "b", "more", "more", "more"]);
    expect(await stored(me)).toEqual([]);
  });

  it("sends what another program has put into the store", async () => {
    const me = await here.enter();
    const tab = await scenario.offline("me", me.store);
    await tab.account.messages.edit("g", 1, "from the other tab");
    expect(here.arrived()).toEqual([]);
    await me.account.unsent.changes.refresh();
    await pass(0);
    expect(here.arrived()).toEqual(["edit 1"]);
    expect(me.texts("g")).toEqual(["from the other tab", "b"]);
  });
});
