import { setTimeout as sleep } from "node:timers/promises";
import { openRaw } from "../../tests/support/raw-database.ts";
import { type Plan, plansOf } from "../growth/plans.ts";
import type { BenchDatabase } from "../measure/database.ts";
import { percentile } from "../measure/statistics.ts";
import { startImWebapp } from "../subjects/im-webapp.ts";
import { Corpus } from "./corpus.ts";
import { type Question, questionsOf } from "./questions.ts";
import { indexBytes, indexed, putIn } from "./stock.ts";

const SEED = 20_261_126;
const LOOK_EVERY_MS = 1_000;

export interface Asked {
  readonly title: string;
  readonly p50: number;
  readonly p99: number;
  /** Hits of the first page, in the middle. */
  readonly hits: number;
}

export interface Asking {
  readonly messages: number;
  readonly textBytes: number;
  readonly indexBytes: number;
  /** Time from the last message put in until the index had all, in seconds. */
  readonly seconds: number;
  readonly asked: readonly Asked[];
  /** How MariaDB answers the statements of a search; empty for SQLite. */
  readonly plans: readonly Plan[];
}

export interface AskingOptions {
  /** The MariaDB that the server uses; SQLite when undefined. */
  readonly database: BenchDatabase | undefined;
  readonly messages: number;
  /** How often each question is asked. */
  readonly repeats: number;
  readonly tell: (what: string) => void;
}

/** Fills a database, waits for the index, and asks it every sort of question, one after the other. */
export async function measureAsking({ database, messages, repeats, tell }: AskingOptions): Promise<Asking> {
  const server = await startImWebapp(database);
  try {
    const raw = await openRaw(server.databaseUrl, server.dataDir);
    try {
      const [asker] = await server.people(1);
      if (!asker) throw new Error("nobody was made");
      tell(`putting in ${messages} messages`);
      const corpus = new Corpus(SEED);
      const stock = await putIn(raw, corpus, asker.address, messages);
      tell("waiting for the index");
      const startedAt = performance.now();
      // A small rest stays outside the index by design: the same that searches of a busy server meet.
      while ((await indexed(raw)) < messages - REST) await sleep(LOOK_EVERY_MS);
      const seconds = (performance.now() - startedAt) / 1_000;
      const url = `http://${server.endpoint.host}:${server.endpoint.port}/api/v1/search/messages?`;
      const ask = async (question: Question): Promise<number> => {
        const answer = await fetch(url + new URLSearchParams(question).toString(), {
          headers: { authorization: `Bearer ${asker.secret}` },
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${answer.status} ${text}`);
        return (JSON.parse(text) as { hits: unknown[] }).hits.length;
      };
      const asked: Asked[] = [];
      for (const { title, questions } of questionsOf(corpus, stock)) {
        tell(title);
        asked.push({ title, ...(await timesOf(questions, repeats, ask)) });
      }
      const everySort = async () => {
        for (const { questions } of questionsOf(corpus, stock)) await ask(questions[0] ?? {});
      };
      return {
        messages,
        plans: database ? await plansOf(database, server.schema, everySort) : [],
        textBytes: stock.textBytes,
        indexBytes: await indexBytes(raw, database === undefined),
        seconds,
        asked,
      };
    } finally {
      await raw.close();
    }
  } finally {
    await server.stop();
  }
}

/** Messages that the index leaves for later. */
const REST = 512;

async function timesOf(questions: readonly Question[], repeats: number, ask: (question: Question) => Promise<number>) {
  const times: number[] = [];
  const hits: number[] = [];
  for (let round = 0; round <= repeats; round += 1) {
    for (const question of questions) {
      const startedAt = performance.now();
      const count = await ask(question);
      // The first round fills the caches of the database.
      if (round === 0) continue;
      times.push(performance.now() - startedAt);
      hits.push(count);
    }
  }
  const sorted = times.toSorted((a, b) => a - b);
  const middle = percentile(
    hits.toSorted((a, b) => a - b),
    50,
  );
  return { p50: percentile(sorted, 50), p99: percentile(sorted, 99), hits: middle };
}
