import { setTimeout as sleep } from "node:timers/promises";
import { type Random, integer } from "../support/random.ts";
import type { Proxy } from "./proxy.ts";
import type { FaultyNode, World } from "./world.ts";

/** How long a fault lasts, in milliseconds: from shorter than any time limit of the server to longer than most. */
const LASTS_MS = [50, 6_000] as const;

/** Pause between one fault's end and the next one's beginning, in milliseconds. */
const PAUSE_MS = [0, 2_000] as const;

/** What a slow way adds in each direction, in milliseconds. */
const SLOW_MS = [5, 400] as const;

/** Faults that go on at the same time: whatever one breaks, another may break further. */
const AT_ONCE = 2;

/** Something that goes wrong, and is mended after a while. */
interface Fault {
  readonly name: string;
  /** What it concerns; no two faults at a time concern the same. */
  readonly concerns: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** Random faults of everything in a world, from one seed. */
export class Chaos {
  /** How often each fault happened. */
  readonly counts = new Map<string, number>();
  readonly #world: World;
  readonly #random: Random;
  readonly #busy = new Set<string>();
  #isOn = true;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  /** Breaks and mends until `stop`. Ends with everything mended. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#breakOneAfterTheOther()));
  }

  stop(): void {
    this.#isOn = false;
  }

  async #breakOneAfterTheOther(): Promise<void> {
    while (this.#isOn) {
      await sleep(this.#between(PAUSE_MS));
      const free = faultsOf(this.#world, this.#between(SLOW_MS)).filter(({ concerns }) => !this.#busy.has(concerns));
      const fault = free[integer(this.#random, 0, free.length - 1)];
      if (fault === undefined || !this.#isOn) continue;
      this.#busy.add(fault.concerns);
      this.counts.set(fault.name, (this.counts.get(fault.name) ?? 0) + 1);
      await fault.begin();
      await sleep(this.#between(LASTS_MS));
      await fault.end();
      this.#busy.delete(fault.concerns);
    }
  }

  /** Short times are likelier than long ones. */
  #between([from, to]: readonly [number, number]): number {
    return from + (to - from) * this.#random() ** 2;
  }
}

function faultsOf(world: World, slowMs: number): Fault[] {
  const { database, redis, nodes } = world;
  return [
    ...nodes.flatMap((node, index) => [...faultsOfNode(node, `node ${index}`), ...faultsOfWays(node, index, slowMs)]),
    { name: "database killed", concerns: "database", begin: () => database.kill(), end: () => database.restart() },
    { name: "database hangs", concerns: "database", begin: () => database.pause(), end: () => database.resume() },
    { name: "redis killed", concerns: "redis", begin: () => redis.kill(), end: () => redis.restart() },
    { name: "redis hangs", concerns: "redis", begin: () => redis.pause(), end: () => redis.resume() },
    { name: "redis flushed", concerns: "redis", begin: () => world.flushRedis(), end: () => undefined },
  ];
}

function faultsOfNode(node: FaultyNode, concerns: string): Fault[] {
  return [
    { name: "node killed", concerns, begin: () => node.kill(), end: () => node.start() },
    { name: "node stopped", concerns, begin: () => node.stop(), end: () => node.start() },
  ];
}

function faultsOfWays(node: FaultyNode, index: number, slowMs: number): Fault[] {
  const ways: [string, Proxy][] = [
    ["clients", node.clients],
    ["database", node.database],
    ["redis", node.redis],
  ];
  return ways.flatMap(([to, proxy]) => {
    const concerns = `way ${index} ${to}`;
    const end = () => proxy.mend();
    return [
      { name: `way to ${to} cut`, concerns, begin: () => proxy.cut(), end },
      { name: `way to ${to} half-open`, concerns, begin: () => proxy.freeze(), end },
      { name: `way to ${to} slow`, concerns, begin: () => proxy.slow(slowMs), end },
    ];
  });
}
