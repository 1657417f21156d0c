import { Generator } from "../generator/generator.ts";
import { type BenchDatabase, startBenchDatabase } from "../measure/database.ts";
import { type Sample, metered } from "../measure/sample.ts";
import { median } from "../measure/statistics.ts";
import { type ImWebapp, startImWebapp } from "../subjects/im-webapp.ts";
import { processesOf } from "../workloads/workload.ts";
import { type FilledPair, fill, pickPairs, tableBytes } from "./fill.ts";
import { type Plan, plansOf } from "./plans.ts";

/** Pairs that send and read while it is measured; spread over all that was filled in. */
const PAIRS = 100;

/** Messages that each sender keeps under way. */
const WINDOW = 8;

/** Entries or messages of one page. */
const PAGE = 50;

/** Connections that are made at the same time. */
const CONNECT_AT_ONCE = 50;

/** The warming up of each kind of call, in seconds. */
const WARM_UP = 1;

export interface GrowthOptions {
  /** Stored messages at which is measured, ascending. */
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly seconds: number;
  readonly tell: (what: string) => void;
}

/** One kind of call at one size. */
export interface GrowthFigure {
  readonly messages: number;
  readonly call: "message:send" | "sync:pull" | "history:pull";
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor milliseconds of one call. */
  readonly server: number;
  readonly database: number;
}

export interface Growth {
  readonly figures: readonly GrowthFigure[];
  /** Seconds that the filling took, and bytes on disk, by size. */
  readonly filled: readonly { messages: number; seconds: number; bytes: Record<string, number> }[];
  /** At the largest size. */
  readonly plans: readonly Plan[];
}

/** Fills the tables step by step and measures a send, a pull and a page of history at each size. */
export async function measureGrowth(options: GrowthOptions): Promise<Growth> {
  const database = await startBenchDatabase();
  try {
    const subject = await startImWebapp(database);
    try {
      return await grow(database, subject, options);
    } finally {
      await subject.stop();
    }
  } finally {
    await database.stop();
  }
}

async function grow(database: BenchDatabase, subject: ImWebapp, options: GrowthOptions): Promise<Growth> {
  const figures: GrowthFigure[] = [];
  const filled: Growth["filled"][number][] = [];
  let plans: Plan[] = [];
  let stored = 0;
  for (const messages of options.sizes) {
    const startedAt = performance.now();
    options.tell(`filling to ${messages} messages`);
    await fill(database, subject.schema, stored, messages);
    stored = messages;
    const bytes = Object.fromEntries(await tableBytes(database, subject.schema));
    filled.push({ messages, seconds: (performance.now() - startedAt) / 1000, bytes });
    const pairs = await pickPairs(database, messages, PAIRS);
    const stand = { subject, generator: await Generator.start() };
    try {
      const people = await subject.tokens([...pairs.map((pair) => pair.left), ...pairs.map((pair) => pair.right)]);
      await stand.generator.ask("connect", { endpoint: subject.endpoint, people, atOnce: CONNECT_AT_ONCE });
      figures.push(...(await measure(stand, pairs, messages, options)));
      if (messages === options.sizes.at(-1)) {
        plans = await plansOf(database, subject.schema, () => useOnce(stand, pairs));
      }
    } finally {
      await stand.generator.stop();
    }
  }
  return { figures, filled, plans };
}

type Stand = { subject: ImWebapp; generator: Generator };

/** What each reader of a kind of page asks for. */
function payloads(pairs: readonly FilledPair[]) {
  return {
    "sync:pull": pairs.map(() => JSON.stringify({ cursor: 10, limit: PAGE })),
    "history:pull": pairs.map(({ conversationId }) => JSON.stringify({ conversationId, before: 80, limit: PAGE })),
  } as const;
}

async function measure(
  stand: Stand,
  pairs: readonly FilledPair[],
  messages: number,
  { runs, seconds, tell }: GrowthOptions,
): Promise<GrowthFigure[]> {
  tell(`measuring at ${messages} messages`);
  const { generator } = stand;
  const figures = [
    await figure("message:send", messages, runs, async () => {
      const timing = { warmUp: WARM_UP, seconds };
      const { answer, processor, others } = await metered(
        processesOf(stand),
        () => generator.ask("direct", { load: { window: WINDOW }, timing }),
        (done) => done.allMessages,
      );
      return { rate: answer.messages / answer.seconds, latencies: answer.latencies, processor, others };
    }),
  ];
  for (const [event, asked] of Object.entries(payloads(pairs))) {
    await generator.ask("calls", { event, payloads: asked, seconds: WARM_UP });
    figures.push(
      await figure(event as GrowthFigure["call"], messages, runs, async () => {
        const { answer, processor, others } = await metered(
          processesOf(stand),
          () => generator.ask("calls", { event, payloads: asked, seconds }),
          (done) => done.calls,
        );
        return { rate: answer.calls / answer.seconds, latencies: answer.latencies, processor, others };
      }),
    );
  }
  return figures;
}

async function figure(
  call: GrowthFigure["call"],
  messages: number,
  runs: number,
  run: () => Promise<Sample>,
): Promise<GrowthFigure> {
  const samples: Sample[] = [];
  while (samples.length < runs) samples.push(await run());
  const middle = (value: (sample: Sample) => number | undefined) =>
    median(samples.flatMap((sample) => value(sample) ?? []));
  return {
    call,
    messages,
    rate: middle((sample) => sample.rate),
    p50: middle((sample) => sample.latencies?.p50),
    p99: middle((sample) => sample.latencies?.p99),
    server: middle((sample) => sample.processor?.server),
    database: middle((sample) => sample.processor?.database),
  };
}

/** Each hot call once, so that its statements can be seen. */
async function useOnce({ subject, generator }: Stand, pairs: readonly FilledPair[]): Promise<void> {
  const [pair] = pairs;
  if (!pair) throw new Error("nobody was filled in");
  await generator.ask("connect", { endpoint: subject.endpoint, people: await subject.people(2), atOnce: 1 });
  await generator.ask("acquaint", undefined);
  const once = (event: string, payload: object) =>
    generator.ask("calls", { event, payloads: [JSON.stringify(payload)], seconds: 0.001 });
  const { conversationId } = pair;
  await once("sync:pull", { cursor: 10, limit: PAGE });
  await once("sync:bootstrap", { limit: PAGE });
  await once("sync:ack", { cursor: 20 });
  await once("history:pull", { conversationId, limit: PAGE });
  await once("history:pull", { conversationId, before: 80, limit: PAGE });
  await once("history:pull", { conversationId, after: 20, limit: PAGE });
  await once("history:pull", { conversationId, around: 50, limit: PAGE });
  await once("history:changes", { conversationId, after: 0, limit: PAGE });
  await once("message:react", { conversationId, seq: 50, emoji: "👍", on: true });
  await once("read:mark", { conversationId, seq: 101 });
  await once("receipts:get", { conversationId, seq: 50 });
}
