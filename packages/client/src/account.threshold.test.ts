import { describe, expect, it } from "vitest";
import { LargeGroupUnderTest } from "../test/large-group-under-test.ts";
import { pass, Scenario } from "../test/scenario.ts";

const scenario = Scenario.install();
const group = new LargeGroupUnderTest(scenario);

describe("a group that crosses the threshold", () => {
  it("loses and repeats nothing, whatever is lost on the way", async () => {
    const me = await group.enter();
    scenario.server.say("ann", "g", "large");
    await pass(0);
    scenario.server.pushing = false;
    scenario.server.say("ann", "g", "large, lost");
    scenario.server.edit("g", 1, "large, edited");
    scenario.server.leave("g", "bob");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "small");
    await pass(300);
    const small = ["large, edited", "large, lost", "system", "small"];
    expect(me.texts("g")).toEqual(small);
    expect(group.view(me)).not.toHaveProperty("large");
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));

    scenario.server.edit("g", 4, "small, edited");
    scenario.server.pushing = false;
    scenario.server.join("g", "bob");
    scenario.server.say("bob", "g", "large again");
    scenario.server.edit("g", 2, "found");
    scenario.server.pushing = true;
    scenario.server.say("ann", "g", "end");
    await pass(300);
    expect(group.view(me)).toMatchObject({ large: true, lastSeq: 7 });
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));
    expect(me.state.windows.get("g")?.messages).toEqual(scenario.server.messages("g"));
  });

  it.each([0, 1, 2, 3])("is known to be large with its next push, whichever one before was lost (%i)", async (lost) => {
    scenario.server.fanoutMaxMembers = 2;
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    let count = 0;
    scenario.server.route = (deliver) => {
      if (count !== lost) deliver();
      count += 1;
    };
    scenario.server.join("g", "bob");
    await pass(0);
    scenario.server.route = (deliver) => deliver();
    scenario.server.say("ann", "g", "end");
    await pass(300);
    expect(group.view(me)).toMatchObject({ large: true, lastSeq: 2 });
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));
  });

  it("is complete for a device that was away for a whole large spell", async () => {
    const me = await group.enter();
    scenario.server.leave("g", "bob");
    scenario.server.say("ann", "g", "small");
    await pass(0);
    scenario.server.disconnect();
    scenario.server.join("g", "bob");
    scenario.server.say("bob", "g", "large");
    scenario.server.edit("g", 2, "changed while large");
    scenario.server.leave("g", "bob");
    scenario.server.say("ann", "g", "small again");
    await group.comeBack(me);
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));
    expect(group.view(me)).toMatchObject({ lastSeq: 6, unread: 6 });
    expect(group.held(me)).toMatchObject({ lastSeq: 6, large: false });
  });

  it("asks for nothing while its messages and changes come by the timeline", async () => {
    scenario.server.fanoutMaxMembers = 9;
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.calls.length = 0;
    scenario.server.say("ann", "g", "one");
    scenario.server.edit("g", 1, "two");
    scenario.server.join("g", "bob");
    scenario.server.say("bob", "g", "three");
    await pass(1_000);
    scenario.server.disconnect();
    scenario.server.edit("g", 1, "four");
    scenario.server.leave("g", "bob");
    scenario.server.say("ann", "g", "five");
    await group.comeBack(me);
    await pass(1_000);
    expect(group.calls()).toEqual(["sync:pull"]);
    expect(group.held(me)).toEqual({ lastSeq: 5, changeSeq: 2, large: false });
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));
  });

  it("is filled although it never was large, where a view has more than the timeline brought", async () => {
    scenario.server.group("g", ["me", "ann"]);
    const me = await scenario.online("me");
    scenario.server.say("ann", "g", "one");
    await pass(0);
    scenario.server.past("g", "ann", 3);
    scenario.server.join("g", "bob");
    await pass(200);
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));
    expect(group.held(me)).toMatchObject({ lastSeq: 5 });
    scenario.server.past("g", "ann", 2);
    scenario.server.disconnect();
    scenario.server.leave("g", "bob");
    await group.comeBack(me);
    expect(await group.cached(me)).toEqual(scenario.server.messages("g"));
  });
});

describe("a group that was left and joined again", () => {
  for (const size of ["small", "large"] as const) {
    for (const online of [true, false]) {
      it(`shows nothing old: a ${size} one, ${online ? "online" : "while away"}`, async () => {
        // A group that was small from the beginning: nothing else makes its changes doubtful.
        const me = await group.enter(size === "small" ? 3 : 1);
        scenario.server.say("ann", "g", "one");
        scenario.server.say("ann", "g", "two");
        await pass(200);
        const read = () =>
          scenario.server.messages("g").filter(({ seq }) => scenario.server.world("g").visible("me", seq));
        for (const meanwhile of [[], ["not mine to read"]]) {
          if (!online) scenario.server.disconnect();
          scenario.server.leave("g", "me");
          if (online) await pass(200);
          for (const text of meanwhile) scenario.server.say("ann", "g", text);
          scenario.server.edit("g", 2, `edited ${meanwhile.length}`);
          scenario.server.recall("g", 1);
          scenario.server.join("g", "me");
          if (online) await pass(200);
          else await group.comeBack(me);
          expect(await group.cached(me)).toEqual(read());
          expect(me.state.windows.get("g")?.messages).toEqual(read());
          expect(group.held(me)?.changeSeq).toBe(scenario.server.world("g").changeSeq);
        }
        // A large group does not push it to one who was away in between; what follows shows that something is missing.
        scenario.server.edit("g", 2, "edited after the return");
        scenario.server.say("ann", "g", "next");
        await pass(200);
        expect(await group.cached(me)).toEqual(read());
      });
    }
  }
});
