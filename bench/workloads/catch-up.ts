import { metered } from "../measure/sample.ts";
import { type Case, type Scale, type Workload, processesOf } from "./workload.ts";

/** People who have been away. */
const MOST_READERS = 8;

/** What each of them has missed. */
const MESSAGES = 10_000;

/** Messages that they ask for at a time; ejabberd gives at most 250. */
const PAGE = 500;

/** Reading all that one lacks, from the beginning, in pages. */
export function catchUp({ shrink }: Scale): Workload {
  const messages = Math.ceil(MESSAGES / shrink);
  const read = (readers: number): Case => ({
    id: `catch-up-${readers}`,
    title: `catching up on ${MESSAGES.toLocaleString("en")} messages, ${readers === 1 ? "1 reader" : `${readers} readers`}`,
    unit: "messages",
    async run(stand) {
      const { answer, processor, others } = await metered(
        processesOf(stand),
        () => stand.generator.ask("catchUp", { readers, limit: PAGE }),
        (done) => done.messages,
      );
      if (answer.messages < readers * messages) {
        throw new Error(`${stand.subject.name}: ${answer.messages} messages instead of ${readers * messages}`);
      }
      return { rate: answer.messages / answer.seconds, processor, others };
    },
  });
  return {
    subjects: ["im-webapp", "ejabberd"],
    fresh: false,
    async prepare({ subject, generator }) {
      const backlog = await subject.backlog(MOST_READERS, messages);
      if (!backlog) throw new Error(`${subject.name} keeps nothing to catch up on`);
      await generator.ask("connect", { endpoint: subject.endpoint, people: backlog.readers, atOnce: MOST_READERS });
      // As a server that has run for a while: a run is a tenth of a second, in which a runtime would still compile.
      await generator.ask("catchUp", { readers: MOST_READERS, limit: PAGE });
    },
    cases: [read(1), read(MOST_READERS)],
  };
}
