import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Archive } from "./world/archive.ts";
import { checkAnswers } from "./checks/answers.ts";
import { checkDevices, checkPushed } from "./checks/devices.ts";
import { checkStores } from "./checks/stores.ts";
import { runsFrom } from "./runs.ts";
import { BEGINNING, Scene, begin } from "./world/scene.ts";
import { connectAll, settle } from "./settle.ts";
import { type Script, script } from "./steps.ts";
import { Story } from "./story.ts";
import { readTruth } from "./checks/truth.ts";
import { World } from "./world/world.ts";

const runs = runsFrom(process.env);

/** Beyond the time that fast-check is given, in milliseconds. */
const MARGIN_MS = 30_000;

/** From as many stories on, every kind of call must have succeeded in one of them. */
const ENOUGH = 50;

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.make();
});
afterAll(async () => {
  await scene.remove();
});

/** How often which call ended how, over all stories. */
const counts = new Map<string, number>();

/** Tells one story to its end and gives what it broke. */
async function violationsOf({ steps, lateArrive }: Script): Promise<readonly string[]> {
  // Time passes when the story says so; what else waits in this process is left alone.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], now: BEGINNING });
  const violations: string[] = [];
  try {
    await scene.with(async (sql) => {
      const world = new World(sql, BEGINNING);
      const archive = new Archive(sql);
      await begin(sql, world.ledger);
      await connectAll(world);
      await new Story(world, archive).tell(steps);
      await settle(world, lateArrive);
      await archive.keep();
      const lives = await readTruth(sql, world.calls.sendings);
      checkStores(lives, archive, (text) => world.violations.push(text));
      checkAnswers(world.calls, lives, (text) => world.violations.push(text));
      checkPushed(world, lives);
      await checkDevices(world, lives);
      violations.push(...world.violations);
      for (const [outcome, count] of world.calls.counts) counts.set(outcome, (counts.get(outcome) ?? 0) + count);
      for (const device of world.devices) device.cut();
    });
  } finally {
    vi.useRealTimers();
  }
  return violations;
}

describe("whatever happens at once, breaks, dies, is lost, repeated or late", () => {
  it(
    "every device ends with what a fresh one gets, and the stores keep the invariants",
    { timeout: runs.skipAllAfterTimeLimit + MARGIN_MS },
    async () => {
      await fc.assert(
        fc.asyncProperty(script, async (told) => {
          expect(await violationsOf(told)).toEqual([]);
        }),
        runs,
      );
      if (runs.numRuns < ENOUGH || runs.path !== undefined) return;
      const kinds = ["send", "read", "edit", "recall", "react", "add", "remove", "leave", "create"];
      expect(kinds.filter((kind) => !counts.has(`${kind} ok`))).toEqual([]);
    },
  );
});
