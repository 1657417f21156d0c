import { setTimeout as sleep } from "node:timers/promises";
import { type RawDatabase, openRaw } from "../../tests/support/raw-database.ts";
import { Generator } from "../generator/generator.ts";
import type { BenchDatabase } from "../measure/database.ts";
import { median } from "../measure/statistics.ts";
import { startImWebapp } from "../subjects/im-webapp.ts";
import { indexed } from "./stock.ts";

/** Pairs that send, and messages that each sender keeps under way. */
const PAIRS = 50;
const WINDOW = 4;
const CONNECT_AT_ONCE = 50;
const LOOK_EVERY_MS = 200;
/** Messages that the index leaves for later. */
const REST = 512;

export interface Sending {
  /** Messages a second, with the index and without. */
  readonly rate: { readonly on: number; readonly off: number };
  /** Median time from sending to receiving, in milliseconds. */
  readonly p50: { readonly on: number; readonly off: number };
}

export interface SendingOptions {
  readonly database: BenchDatabase | undefined;
  readonly runs: number;
  readonly seconds: number;
  readonly tell: (what: string) => void;
}

type Stand = Awaited<ReturnType<typeof start>>;

/** Sends as fast as it goes, on a server that keeps the index and one that does not, in turns; medians of the runs. */
export async function measureSending(options: SendingOptions): Promise<Sending> {
  const stands: { name: "on" | "off"; stand: Stand }[] = [];
  const rates = { on: [] as number[], off: [] as number[] };
  const p50s = { on: [] as number[], off: [] as number[] };
  try {
    for (const name of ["on", "off"] as const) stands.push({ name, stand: await start(options.database, name) });
    for (let run = 0; run < options.runs; run += 1) {
      // Whichever comes first in a run meets the machine as the run before has left it.
      for (const { name, stand } of run % 2 === 0 ? stands : stands.toReversed()) {
        options.tell(`sending with the index ${name}, run ${run + 1}`);
        const load = { load: { window: WINDOW }, timing: { warmUp: 1, seconds: options.seconds } };
        const done = await stand.generator.ask("direct", load);
        rates[name].push(done.messages / done.seconds);
        p50s[name].push(done.latencies.p50);
        if (name === "on") await atRest(stand.raw);
      }
    }
  } finally {
    for (const { stand } of stands) await stand.stop();
  }
  return {
    rate: { on: median(rates.on), off: median(rates.off) },
    p50: { on: median(p50s.on), off: median(p50s.off) },
  };
}

async function start(database: BenchDatabase | undefined, indexer: "on" | "off") {
  const server = await startImWebapp(database, { env: { SEARCH_INDEXER: indexer } });
  const raw = await openRaw(server.databaseUrl, server.dataDir);
  const generator = await Generator.start();
  const people = await server.people(2 * PAIRS);
  await generator.ask("connect", { endpoint: server.endpoint, people, atOnce: CONNECT_AT_ONCE });
  await generator.ask("acquaint", undefined);
  return {
    raw,
    generator,
    async stop() {
      await generator.stop();
      await raw.close();
      await server.stop();
    },
  };
}

/** Waits until the index has what was sent, so that its work does not fall upon the other server's run. */
async function atRest(raw: RawDatabase): Promise<void> {
  for (;;) {
    const [row] = await raw.select("SELECT SUM(last_seq) AS count FROM conversation");
    if (Number(row?.count ?? 0) - (await indexed(raw)) <= REST) return;
    await sleep(LOOK_EVERY_MS);
  }
}
