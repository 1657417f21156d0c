import { Generator } from "./generator/generator.ts";
import type { BenchDatabase } from "./measure/database.ts";
import type { Result, Sample } from "./measure/sample.ts";
import { SUBJECTS, type SubjectName } from "./subjects/subjects.ts";
import type { Stand, Workload } from "./workloads/workload.ts";

export interface RunOptions {
  readonly database: BenchDatabase;
  readonly runs: number;
  /** Those to measure, of each workload's. */
  readonly subjects: ReadonlySet<SubjectName>;
  /** Hears what is being done. */
  readonly tell: (what: string) => void;
}

/**
 * Runs one workload on each of its subjects. The subjects take turns run by run, so that whatever else the machine does
 * meanwhile falls upon all of them.
 */
export async function runWorkload(workload: Workload, options: RunOptions): Promise<Result[]> {
  const names = workload.subjects.filter((name) => options.subjects.has(name));
  const book = new Book();
  if (workload.fresh) {
    for (let run = 0; run < options.runs; run += 1) {
      for (const name of names) {
        await withStands(workload, [name], options, async (stands) => measureOnce(workload, stands, book, options));
      }
    }
  } else {
    await withStands(workload, names, options, async (stands) => {
      for (const only of workload.cases) {
        for (let run = 0; run < options.runs; run += 1) {
          await measureOnce({ ...workload, cases: [only] }, stands, book, options);
        }
      }
    });
  }
  return book.results();
}

async function measureOnce(workload: Workload, stands: readonly Stand[], book: Book, options: RunOptions) {
  for (const one of workload.cases) {
    for (const stand of stands) {
      options.tell(`${one.title}: ${stand.subject.name}`);
      const sample = await one.run(stand);
      if (sample) book.note({ ...one, subject: stand.subject.name }, sample);
    }
  }
}

async function withStands(
  workload: Workload,
  names: readonly SubjectName[],
  { database, tell }: RunOptions,
  work: (stands: readonly Stand[]) => Promise<void>,
): Promise<void> {
  const stands: Stand[] = [];
  try {
    for (const name of names) {
      tell(`starting ${name}`);
      const subject = await SUBJECTS[name](database);
      const stand = { subject, generator: await Generator.start() };
      stands.push(stand);
      await workload.prepare(stand);
    }
    await work(stands);
  } finally {
    for (const { generator, subject } of stands) {
      await generator.stop();
      await subject.stop();
    }
  }
}

/** Gathers samples by case and subject. */
class Book {
  readonly #results = new Map<string, Omit<Result, "samples"> & { samples: Sample[] }>();

  note({ id, title, unit, subject }: Omit<Result, "samples">, sample: Sample): void {
    const key = `${id} ${subject}`;
    const result = this.#results.get(key) ?? { id, title, unit, subject, samples: [] };
    result.samples.push(sample);
    this.#results.set(key, result);
  }

  results(): Result[] {
    return [...this.#results.values()];
  }
}
