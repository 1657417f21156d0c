import { setTimeout as sleep } from "node:timers/promises";
import { residentBytes } from "../measure/processor-time.ts";
import { metered } from "../measure/sample.ts";
import type { Person, Subject } from "../subjects/subject.ts";
import { type Case, type Scale, type Workload, processesOf } from "./workload.ts";

/** Connections at which memory is looked at. */
const SIZES = [5_000, 10_000];

/** Connections that are made at the same time. */
const CONNECT_AT_ONCE = 100;

/** Connected before anything is measured: what the first connections bring along is not theirs. */
const FIRST = 50;

/** Time for a server to come to rest before its memory is read, in milliseconds. */
const REST_MS = 1_000;

/** Connections that break and come back at the same moment. */
const STORM = 2_000;

/** Connections that do nothing: how fast they come to be, each authenticated and greeted, and what each one costs. */
export function idle({ shrink }: Scale): Workload {
  const sizes = SIZES.map((size) => Math.ceil(size / shrink));
  const people = new WeakMap<Subject, { waiting: Person[]; bytes: number }>();
  const sizeCase = (size: number, index: number): Case => ({
    id: `idle-${SIZES[index]}`,
    title: `${(SIZES[index] ?? 0).toLocaleString("en")} idle connections`,
    unit: "connects",
    async run(stand) {
      const { subject, generator } = stand;
      const known = people.get(subject);
      if (!known) throw new Error("the workload is not prepared");
      const more = known.waiting.splice(0, size - (sizes[index - 1] ?? 0));
      const { answer, processor, others } = await metered(
        processesOf(stand),
        () => generator.ask("connect", { endpoint: subject.endpoint, people: more, atOnce: CONNECT_AT_ONCE }),
        (done) => done.clients,
      );
      await sleep(REST_MS);
      return {
        rate: answer.clients / answer.seconds,
        latencies: answer.latencies,
        processor,
        kibPerConnection: (residentBytes(subject.pid) - known.bytes) / 1024 / size,
        others,
      };
    },
  });
  return {
    subjects: ["im-webapp", "ejabberd", "relay"],
    fresh: true,
    async prepare({ subject, generator }) {
      const waiting = await subject.people((sizes.at(-1) ?? 0) + FIRST);
      const first = waiting.splice(0, FIRST);
      await generator.ask("connect", { endpoint: subject.endpoint, people: first, atOnce: FIRST });
      await sleep(REST_MS);
      people.set(subject, { waiting, bytes: residentBytes(subject.pid) });
    },
    cases: sizes.map(sizeCase),
  };
}

/** Everybody's connection breaks; all come back at once, without waiting, and ask for what they lack. */
export function storm({ shrink }: Scale): Workload {
  const size = Math.ceil(STORM / shrink);
  return {
    subjects: ["im-webapp", "ejabberd", "relay"],
    fresh: false,
    async prepare({ subject, generator }) {
      const people = await subject.people(size);
      await generator.ask("connect", { endpoint: subject.endpoint, people, atOnce: CONNECT_AT_ONCE });
    },
    cases: [
      {
        id: "storm",
        title: `${STORM.toLocaleString("en")} clients reconnecting at once`,
        unit: "connects",
        async run(stand) {
          const { answer, processor, others } = await metered(
            processesOf(stand),
            () => stand.generator.ask("storm", undefined),
            (done) => done.clients,
          );
          return { rate: answer.clients / answer.seconds, latencies: answer.latencies, processor, others };
        },
      },
    ],
  };
}
