import { describe, expect, it } from "vitest";
import { ChangesUnderTest } from "../test/changes-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const here = new ChangesUnderTest(scenario);

describe("changing a message that is not sent yet", () => {
  const sent = () => scenario.server.messages("g").map(({ content }) => (content.kind === "text" ? content.text : ""));

  /** A group "g" and a device that has lost the answer to its message "first". */
  async function unanswered() {
    const me = await here.group.enter(Infinity);
    scenario.server.after = (name) => {
      if (name === "message:send") here.cut();
    };
    const id = await me.send("g", "first");
    await pass(0);
    scenario.server.after = () => undefined;
    expect(me.texts("g").at(-1)).toMatch(/first/);
    return { me, id };
  }

  it("edits and discards in place what was never sent", async () => {
    const me = await here.group.enter(Infinity);
    here.cut();
    const [a, b] = [await me.send("g", "a"), await me.send("g", "b")];
    await me.account.messages.editOutgoing(a, "a!");
    await me.account.messages.discard(b);
    expect(me.texts("g")).toEqual(["[a!]"]);
    await me.stop();
    const again = await scenario.start("me", me.store);
    await here.reach();
    expect(sent()).toEqual(["a!"]);
    expect(here.arrived()).toEqual([]);
    expect((await again.store.load()).outgoing).toEqual([]);
  });

  for (const [how, restarts] of [
    ["by the same program", false],
    ["by the next one", true],
  ] as const) {
    it(`edits what the server may have, ${how}`, async () => {
      scenario.server.pushing = false;
      const { me, id } = await unanswered();
      await me.account.messages.editOutgoing(id, "second");
      expect(me.texts("g")).toEqual(["[second]"]);
      let device = me;
      if (restarts) {
        await me.stop();
        device = await scenario.offline("me", me.store);
        device.account.windows.open("g");
        device.account.connect("me");
      }
      await here.reach();
      expect(sent()).toEqual(["second"]);
      expect(here.arrived()).toEqual(["edit 1"]);
      expect(device.texts("g")).toEqual(["second"]);
      expect(await device.store.load()).toMatchObject({ outgoing: [], changes: [] });
    });

    it(`recalls what the server may have, ${how}`, async () => {
      scenario.server.pushing = false;
      const { me, id } = await unanswered();
      await me.account.messages.discard(id);
      expect(me.texts("g")).toEqual([]);
      let device = me;
      if (restarts) {
        await me.stop();
        device = await scenario.offline("me", me.store);
        device.account.windows.open("g");
        device.account.connect("me");
      }
      await here.reach();
      expect(scenario.server.messages("g")).toMatchObject([{ content: { event: "message.recalled" } }]);
      expect(here.arrived()).toEqual(["recall 1"]);
      expect(device.texts("g")).toEqual(["system"]);
      expect(await device.store.load()).toMatchObject({ outgoing: [], changes: [] });
    });
  }

  it("lets nobody see what was taken back and had not reached the server", async () => {
    const me = await here.group.enter(Infinity);
    const said: string[] = [];
    scenario.server.before = (name, request) => {
      if (name === "message:send" && "content" in request) said.push(JSON.stringify(request.content));
      if (name === "message:send" && said.length === 1) here.cut();
    };
    const id = await me.send("g", "secret");
    await pass(0);
    await me.account.messages.discard(id);
    await here.reach();
    expect(said).toHaveLength(2);
    expect(said[1]).not.toContain("secret");
    expect(scenario.server.messages("g")).toMatchObject([{ content: { event: "message.recalled" } }]);
    expect((await me.store.load()).outgoing).toEqual([]);
  });

  it("follows up what another program has made of a message, also when that was heard of after its coming", async () => {
    scenario.server.pushing = false;
    const { me, id } = await unanswered();
    const tab = await scenario.offline("me", me.store);
    await tab.account.messages.editOutgoing(id, "from the other tab");
    await here.reach();
    expect(me.texts("g")).toEqual(["first"]);
    me.account.unsent.messages.restore((await me.store.load()).outgoing);
    await me.send("g", "next");
    await pass(0);
    await here.reach();
    expect(sent()).toEqual(["from the other tab", "next"]);
    expect(me.texts("g")).toEqual(["from the other tab", "next"]);
    expect(await me.store.load()).toMatchObject({ outgoing: [], changes: [] });
  });

  it("edits a message that has just come, and knows none that was never there", async () => {
    const me = await here.group.enter(Infinity);
    const id = await me.send("g", "a");
    await pass(0);
    const done = me.account.messages.editOutgoing(id, "a!");
    await pass(0);
    await done;
    expect(me.texts("g")).toEqual(["a!"]);
    await expect(me.account.messages.editOutgoing("unknown", "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
