import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Generator } from "../generator/generator.ts";
import { type BenchDatabase, startBenchDatabase } from "../measure/database.ts";
import { align } from "../report/table.ts";
import { startImWebapp } from "../subjects/im-webapp.ts";
import { type MemoryReading, readMemory, slope, stretches } from "./memory.ts";

/** People who write to each other, half to half. */
const PEOPLE = 200;

/** Members of the group, all of them online; an entry is written for each. */
const MEMBERS = 100;

const CONNECT_AT_ONCE = 50;

/** One round, in seconds: direct messages, then the group, then everybody is cut off and comes back. */
const DIRECT_SECONDS = 20;
const GROUP_SECONDS = 5;

/** Senders of the group, one message each under way. */
const GROUP_SENDERS = 2;

/** Between two readings of the memory, in milliseconds. */
const READ_EVERY_MS = 2_000;

/** The share of the time that counts as warming up: caches fill, the heap finds its size. */
const WARM_UP_SHARE = 0.2;

const MIB = 2 ** 20;

/**
 * `npm run bench -- soak`: the same load for a long time, and what the server's memory does meanwhile. Direct messages
 * at a steady rate, a group, and everybody cut off and back in each round.
 */
export async function soakCommand(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { seconds: { type: "string", default: "600" }, rate: { type: "string", default: "500" } },
  });
  const database = await startBenchDatabase();
  try {
    await soak(database, Number(values.seconds), Number(values.rate));
  } finally {
    await database.stop();
  }
}

async function soak(database: BenchDatabase, seconds: number, rate: number): Promise<void> {
  const server = await startImWebapp(database);
  const [pairs, group] = await Promise.all([Generator.start(), Generator.start()]);
  const { endpoint } = server;
  try {
    await pairs.ask("connect", { endpoint, people: await server.people(PEOPLE), atOnce: CONNECT_AT_ONCE });
    await pairs.ask("acquaint", undefined);
    const members = await server.people(MEMBERS);
    const address = await server.group(members);
    await group.ask("connect", { endpoint, people: members, atOnce: CONNECT_AT_ONCE });
    await group.ask("enter", { group: address });

    const startedAt = performance.now();
    const readings: MemoryReading[] = [];
    const done = new AbortController();
    const reading = readAll(() => readMemory(server.pid, endpoint, startedAt), readings, done.signal);
    const counts = { messages: 0, deliveries: 0, reconnects: 0 };
    while (performance.now() - startedAt < seconds * 1_000) {
      const direct = await pairs.ask("direct", { load: { rate }, timing: { warmUp: 0, seconds: DIRECT_SECONDS } });
      const timing = { warmUp: 0, seconds: GROUP_SECONDS };
      const sent = await group.ask("group", { group: address, senders: GROUP_SENDERS, window: 1, timing });
      const back = await pairs.ask("storm", undefined);
      counts.messages += direct.allMessages + sent.allMessages;
      counts.deliveries += direct.allMessages + sent.allMessages * MEMBERS;
      counts.reconnects += back.clients;
      process.stderr.write(
        `${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${counts.messages}\n`,
      );
    }
    done.abort();
    await reading;
    process.stdout.write(`${report(readings, counts)}\n`);
  } finally {
    await pairs.stop();
    await group.stop();
    await server.stop();
  }
}

async function readAll(read: () => Promise<MemoryReading>, into: MemoryReading[], until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    into.push(await read());
    await sleep(READ_EVERY_MS, undefined, { signal: until }).catch(() => undefined);
  }
}

function report(readings: readonly MemoryReading[], counts: Readonly<Record<string, number>>): string {
  const mib = (bytes: number): string => (bytes / MIB).toFixed(1);
  const end = readings.at(-1)?.at ?? 0;
  const after = readings.filter(({ at }) => at >= end * WARM_UP_SHARE);
  const rows = stretches(readings, 10).map(({ at, resident, heap }) => [
    (at / 1_000).toFixed(0),
    mib(resident),
    mib(heap),
  ]);
  return [
    align([["until, s", "resident, MiB", "heap, MiB"], ...rows], 0),
    "",
    `slope after the first fifth, MiB a minute: resident ${mib(slope(after, "resident"))}, heap ${mib(slope(after, "heap"))}`,
    Object.entries(counts)
      .map(([name, count]) => `${name}: ${count.toLocaleString("en")}`)
      .join(", "),
  ].join("\n");
}
