import type { UserId } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { TimelineStore } from "../sync/timeline-store.ts";
import type { Api } from "../transport/api.ts";
import { LISTED } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

/** Has the lists of contacts and applications read where the timeline alone does not make them whole. */
export class PeopleLists {
  readonly #timeline: TimelineStore;
  readonly #api: Pick<Api, "send">;
  readonly #tasks: TaskGroup;
  readonly #named: (userIds: readonly UserId[]) => void;
  #isReading = false;

  /** `named` hears of everybody whom the lists name. */
  constructor(
    timeline: TimelineStore,
    api: Pick<Api, "send">,
    tasks: TaskGroup,
    named: (userIds: readonly UserId[]) => void,
  ) {
    this.#timeline = timeline;
    this.#api = api;
    this.#tasks = tasks;
    this.#named = named;
  }

  /** Reads the lists if they are missing; to be called whenever the connection has changed. */
  list(caughtUp: boolean): void {
    const { people, position } = this.#timeline;
    if (this.#isReading || people.has(LISTED) || position.cursor === null || !caughtUp) return;
    this.#isReading = true;
    this.#tasks.run(async () => {
      try {
        const { listPeople } = await import("./list-people.ts");
        await this.#timeline.listPeople(() => listPeople(this.#api));
        this.#named(peopleOf(this.#timeline.people.values()));
      } catch {
        // Asked for anew after the next connect.
      } finally {
        this.#isReading = false;
      }
    });
  }

  /** Whether this is how it is held. */
  holds(record: PersonRecord): boolean {
    return JSON.stringify(this.#timeline.people.get(record.key)) === JSON.stringify(record);
  }
}

/** Everybody whom contacts and applications name. */
export function peopleOf(records: Iterable<PersonRecord>): UserId[] {
  return [...records].flatMap(({ contact, application }) => [
    ...(contact ? [contact.userId] : []),
    ...(application?.applicant === undefined ? [] : [application.applicant]),
    ...(application?.type === "friend" ? [application.target] : []),
  ]);
}
