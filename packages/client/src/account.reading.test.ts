import { describe, expect, it } from "vitest";
import { ImError } from "./errors.ts";
import { LargeGroupUnderTest } from "../test/large-group-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const group = new LargeGroupUnderTest(scenario);

describe("what is read while it changes", () => {
  /** Lets the answers of one call wait; gives what lets them go. */
  function hold(name: string): () => void {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    scenario.server.after = (called) => (called === name ? gate : undefined);
    return () => {
      scenario.server.after = () => undefined;
      release();
    };
  }

  it("shows a change that overtakes an older answer, in a window and in the cache", async () => {
    const me = await group.enter();
    scenario.server.past("g", "ann", 120);
    scenario.server.disconnect();
    await group.comeBack(me);
    const release = hold("history:pull");
    const loading = me.account.windows.loadBefore("g");
    await pass(0);
    scenario.server.recall("g", 60);
    await pass(0);
    release();
    await loading;
    expect(me.state.windows.get("g")?.messages.find(({ seq }) => seq === 60)?.version).toBe(2);
    expect((await group.cached(me)).find(({ seq }) => seq === 60)?.version).toBe(2);
  });

  it("holds pushes back while the gap before them is read, and applies them after it", async () => {
    const me = await group.enter();
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "lost");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "b");
    const release = hold("history:pull");
    await pass(150);
    scenario.server.say("ann", "g", "c");
    scenario.server.edit("g", 3, "c!");
    await pass(0);
    release();
    await pass(0);
    expect(me.texts("g")).toEqual(["lost", "b", "c!"]);
    expect(group.held(me)).toEqual({ lastSeq: 3, changeSeq: 1, large: true });
  });

  it("goes on where it was when the connection is lost in the middle", async () => {
    const me = await group.enter();
    scenario.server.say("ann", "g", "a");
    await pass(0);
    scenario.server.disconnect();
    scenario.server.say("ann", "g", "b");
    scenario.server.edit("g", 1, "a!");
    scenario.server.after = (name) => {
      if (name !== "history:pull" || !scenario.server.reachable) return;
      scenario.server.reachable = false;
      scenario.server.disconnect();
    };
    await group.comeBack(me);
    expect(group.held(me)).toMatchObject({ lastSeq: 1, changeSeq: 0 });
    scenario.server.after = () => undefined;
    scenario.server.reachable = true;
    await group.comeBack(me);
    expect(group.held(me)).toEqual({ lastSeq: 2, changeSeq: 1, large: true });
    expect(me.texts("g")).toEqual(["a!", "b"]);
  });

  it("asks for no page while it has no place in the timeline, and takes none from before", async () => {
    const me = await group.enter();
    scenario.server.past("g", "ann", 120);
    scenario.server.disconnect();
    await group.comeBack(me);
    await pass(1_000);
    const release = hold("history:pull");
    const loading = me.account.windows.loadBefore("g");
    await pass(0);
    // The answer under way shows message 60 as it was; the change is lost, and the list that follows counts it.
    scenario.server.pushing = false;
    scenario.server.edit("g", 60, "new");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "@me", ["me"]);
    scenario.server.trimmed.set("me", scenario.server.head("me"));
    let asked = 0;
    scenario.server.before = (name) => {
      if (name === "sync:bootstrap") asked = scenario.server.count("history:pull");
    };
    scenario.server.route = () => undefined;
    scenario.server.say("ann", "g", "@me too", ["me"]);
    scenario.server.trimmed.set("me", scenario.server.head("me"));
    me.network(true);
    await pass(0);
    expect(scenario.server.count("history:pull")).toBe(asked + 1);
    release();
    await loading;
    await pass(100);
    for (const message of await group.cached(me))
      expect(message).toEqual(scenario.server.world("g").message(message.seq));
    while (me.state.windows.get("g")?.more.before) await me.account.windows.loadBefore("g");
    expect(me.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
  });

  it("leaves a conversation that the server cannot give, and completes the others", async () => {
    const me = await group.enter();
    scenario.server.group("h", ["me", "ann", "bob"]);
    await pass(0);
    scenario.server.disconnect();
    scenario.server.say("ann", "g", "in g");
    scenario.server.say("ann", "h", "in h");
    scenario.server.before = (name, request) => {
      if (name === "history:pull" && "conversationId" in request && request.conversationId === "g") {
        throw new ImError({ code: "INTERNAL", message: "broken" });
      }
    };
    await group.comeBack(me);
    expect(me.account.record("h")?.held.lastSeq).toBe(1);
    me.faults.splice(0);
    scenario.server.before = () => undefined;
    scenario.server.disconnect();
    await group.comeBack(me);
    expect(me.texts("g")).toEqual(["in g"]);
  });
});
