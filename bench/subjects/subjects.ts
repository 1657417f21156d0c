import type { BenchDatabase } from "../measure/database.ts";
import { startEjabberd } from "./ejabberd.ts";
import { startImWebapp } from "./im-webapp.ts";
import { startRelay } from "./relay.ts";
import type { Subject } from "./subject.ts";

/** Groups above this size are large in the subject that shows large mode: below the smallest group of the workload. */
const LARGE_ABOVE = 50;

/** How each subject is started, by the name that the command line and the tables give it. */
export const SUBJECTS = {
  "im-webapp": (database: BenchDatabase) => startImWebapp(database),
  "im-webapp-large": (database: BenchDatabase) =>
    startImWebapp(database, { name: "im-webapp-large", env: { FANOUT_MAX_MEMBERS: String(LARGE_ABOVE) } }),
  ejabberd: (database: BenchDatabase) => startEjabberd(database),
  relay: () => startRelay(),
} satisfies Record<string, (database: BenchDatabase) => Promise<Subject>>;

export type SubjectName = keyof typeof SUBJECTS;
