import { parseArgs } from "node:util";
import { Generator } from "../generator/generator.ts";
import type { Latencies } from "../generator/tally.ts";
import { type BenchDatabase, startBenchDatabase } from "../measure/database.ts";
import { median } from "../measure/statistics.ts";
import { align } from "../report/table.ts";
import { type ImWebapp, startImWebapp } from "../subjects/im-webapp.ts";

/** People who write to each other, half to half, and messages a second of all of them. */
const PEOPLE = 200;
const RATE = 200;

/** Members of the flooded group, all of them online; an entry is written for each. */
const MEMBERS = 500;

const CONNECT_AT_ONCE = 50;

/** Messages that each sender of the flood keeps under way. */
const WINDOW = 8;

/** Senders of the flood; 0 is quiet. */
const FLOODS = [0, 1, 10];

/** How much longer the flood lasts than what is measured, in seconds: one half before it. */
const FLOOD_MARGIN_SECONDS = 2;

interface Sample {
  readonly direct: Latencies;
  /** Deliveries a second of the flood. */
  readonly flood: number;
}

/**
 * `npm run bench -- flood`: what direct messages take at a steady rate while a group of 500 is flooded as fast as the
 * server goes, and what they take without. The cases take turns.
 */
export async function floodCommand(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { seconds: { type: "string", default: "8" }, runs: { type: "string", default: "3" } },
  });
  const database = await startBenchDatabase();
  try {
    process.stdout.write(`${await flood(database, Number(values.seconds), Number(values.runs))}\n`);
  } finally {
    await database.stop();
  }
}

async function flood(database: BenchDatabase, seconds: number, runs: number): Promise<string> {
  const server = await startImWebapp(database);
  const [pairs, group] = await Promise.all([Generator.start(), Generator.start()]);
  try {
    const address = await prepare(server, pairs, group);
    const samples = new Map<number, Sample[]>(FLOODS.map((senders) => [senders, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const [senders, taken] of samples) {
        process.stderr.write(`run ${run + 1}: ${senders} flood the group\n`);
        taken.push(await measure(pairs, group, address, senders, seconds));
      }
    }
    return report(samples);
  } finally {
    await pairs.stop();
    await group.stop();
    await server.stop();
  }
}

async function prepare(server: ImWebapp, pairs: Generator, group: Generator): Promise<string> {
  const { endpoint } = server;
  await pairs.ask("connect", { endpoint, people: await server.people(PEOPLE), atOnce: CONNECT_AT_ONCE });
  await pairs.ask("acquaint", undefined);
  await pairs.ask("direct", { load: { window: WINDOW }, timing: { warmUp: 0, seconds: 3 } });
  const members = await server.people(MEMBERS);
  const address = await server.group(members);
  await group.ask("connect", { endpoint, people: members, atOnce: CONNECT_AT_ONCE });
  await group.ask("enter", { group: address });
  return address;
}

async function measure(pairs: Generator, group: Generator, address: string, senders: number, seconds: number) {
  const timing = { warmUp: FLOOD_MARGIN_SECONDS / 2, seconds };
  const [direct, flooded] = await Promise.all([
    pairs.ask("direct", { load: { rate: RATE }, timing }),
    senders === 0
      ? undefined
      : group.ask("group", {
          group: address,
          senders,
          window: WINDOW,
          timing: { warmUp: 0, seconds: seconds + FLOOD_MARGIN_SECONDS },
        }),
  ]);
  return { direct: direct.latencies, flood: flooded ? flooded.deliveries / flooded.seconds : 0 };
}

function report(samples: ReadonlyMap<number, readonly Sample[]>): string {
  const rows = [...samples].map(([senders, taken]) => {
    const middle = (of: keyof Latencies): string => median(taken.map(({ direct }) => direct[of])).toFixed(1);
    const deliveries = Math.round(median(taken.map((sample) => sample.flood)));
    return [String(senders), deliveries.toLocaleString("en"), middle("p50"), middle("p99"), middle("max")];
  });
  return align([["senders of the flood", "its deliveries a second", "direct p50 ms", "p99 ms", "max ms"], ...rows], 0);
}
