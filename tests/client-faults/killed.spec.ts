import { expect } from "@playwright/test";
import { waitFor } from "../support/wait-for.ts";
import { tell, test } from "./fixtures.ts";
import { numbered, showsTheTruth, textsBy } from "./truth.ts";

/** More than are written before the tab is killed. */
const FLOOD = 2_000;

/** Shown before the tab is killed. */
const ENOUGH = 30;

for (const network of ["online", "offline"] as const) {
  test(`the tab is killed in the middle of a flood of writes, ${network}: what was shown arrives once and in order`, async ({
    device,
    tab,
    ann,
    bob,
  }) => {
    const shown: string[] = [];
    await device.context.exposeFunction("shown", (text: string) => {
      shown.push(text);
    });
    if (network === "offline") {
      device.way.cut();
      await tab.shows({ connection: "reconnecting" });
    }
    const flood = numbered("flood", FLOOD);
    // It ends with the page.
    const writing = tab.run("write", { to: ann.userId, texts: flood }).catch(() => "killed");
    const told = tell(ann, bob, numbered("from Ann", 40));
    await waitFor(() => shown.length >= ENOUGH, { what: "enough of the flood" });
    await tab.kill();
    expect(await writing).toBe("killed");
    await told;

    const next = await device.openTab();
    if (network === "offline") {
      // Before any network: the store alone has all of it.
      const waiting = shown.map((text) => `[${text}]`);
      await waitFor(async () => (await next.run("texts", ann.userId)).length > waiting.length, { what: "the cache" });
      expect((await next.run("texts", ann.userId)).slice(0, shown.length + 1)).toEqual(["hello", ...waiting]);
      device.way.mend();
      await next.run("reconnectNow");
    }
    const truth = await showsTheTruth(next, bob);
    const arrived = textsBy(truth, bob.userId);
    expect(arrived.length).toBeGreaterThanOrEqual(shown.length);
    expect(arrived).toEqual(flood.slice(0, arrived.length));
    expect(textsBy(truth, ann.userId)).toHaveLength(1 + 40);
  });
}
