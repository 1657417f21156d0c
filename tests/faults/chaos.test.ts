import { expect, it } from "vitest";
import { chooseSeed, seededRandom } from "../support/random.ts";
import { Chaos } from "./chaos.ts";
import { check } from "./checker.ts";
import { Scene } from "./scene.ts";
import { World } from "./world.ts";

/** Load under faults of one seed, in seconds: `FAULTS_SECONDS` for the long form. */
const SECONDS = Number(process.env.FAULTS_SECONDS ?? 45);

/** Longest stretch between two times of mending everything and checking, in seconds: bounds what is read in the end. */
const STRETCH_SECONDS = 60;

/** What a stretch takes besides its load, in milliseconds: coming up, settling, reading. */
const STRETCH_OVERHEAD_MS = 240_000;

/** Messages acknowledged a second: a run with fewer has stalled. A healthy machine does ten to a hundred times as much. */
const MIN_ACKNOWLEDGED = 3;

/** Violations printed when there are any; one fault often shows as hundreds. */
const SHOWN = 20;

/** `SEEDS=1,2,3`, or one. */
const seeds = process.env.SEEDS ? process.env.SEEDS.split(",").map(Number) : [chooseSeed()];

const stretches = seeds.flatMap((seed) =>
  Array.from({ length: Math.ceil(SECONDS / STRETCH_SECONDS) }, (_, index) => ({
    seed: seed + index * 1_000,
    seconds: Math.min(STRETCH_SECONDS, SECONDS - index * STRETCH_SECONDS),
  })),
);

it.each(stretches)(
  "two nodes under load, through faults of everything, keep what they promise (SEED=$seed, $seconds s)",
  async ({ seed, seconds }) => {
    const world = await World.open();
    let scene: Scene | undefined;
    try {
      scene = await Scene.prepare(world, seed);
      const chaos = new Chaos(world, seededRandom(seed));
      const end = performance.now() + seconds * 1_000;
      const acting = scene.act(() => performance.now() < end);
      setTimeout(() => chaos.stop(), seconds * 1_000);
      await chaos.run();
      for (const node of world.nodes) node.mend();
      await scene.settle(acting);
      const history = await scene.read();
      const violations = check(history);

      const counts = {
        ...scene.record.summary(),
        entries: history.readings.reduce((n, r) => n + r.timeline.length, 0),
      };
      const faults = Object.fromEntries([...chaos.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
      // At once, for a long run may be ended before its report.
      if (violations.length > 0) console.log(violations.slice(0, SHOWN));
      console.log(`SEED=${seed} ${seconds} s, violations: ${violations.length}\n`, counts, faults);
      expect(violations.slice(0, SHOWN), `${violations.length} violations, SEED=${seed}`).toEqual([]);
      expect(
        world.nodes.flatMap(({ crashes }) => crashes),
        "nodes that ended by themselves",
      ).toEqual([]);
      // How fast it went is the bench's affair; a run that caught nothing on the way proves nothing.
      expect(counts.acknowledged).toBeGreaterThan(MIN_ACKNOWLEDGED * seconds);
      expect(counts.unanswered + counts.refused).toBeGreaterThan(0);
    } finally {
      await scene?.stop();
      await world.close();
    }
  },
  SECONDS * 1_000 + STRETCH_OVERHEAD_MS,
);
