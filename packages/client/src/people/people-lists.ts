import type { ChangeResponse, UserId } from "@im-webapp/protocol";
import type { PeopleChange, TimelineStore } from "../sync/timeline-store.ts";
import type { Api } from "../transport/api.ts";
import type { Directory } from "../users/directory.ts";
import type { ContactChange } from "../types.ts";
import { ContactSender } from "./contact-sender.ts";
import { listPeople } from "./list-people.ts";
import { LISTED } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

type Held = Pick<TimelineStore, "people" | "position" | "readings" | "putPeople">;

/**
 * Has the lists of contacts and applications read where the timeline alone does not make them whole, and their names;
 * and tells the server what is changed of contacts.
 */
export class PeopleLists {
  readonly #timeline: Held;
  readonly #api: Pick<Api, "send">;
  readonly #directory: Pick<Directory, "want">;
  readonly #sender: ContactSender;
  #isReading = false;

  /** `expect` has the timeline asked for what has become of somebody, should its entry not come by itself. */
  constructor(
    timeline: Held,
    api: Pick<Api, "send">,
    directory: Pick<Directory, "want">,
    expect: (record: PersonRecord) => void,
  ) {
    this.#sender = new ContactSender({ api, people: () => timeline.people, expect });
    this.#timeline = timeline;
    this.#api = api;
    this.#directory = directory;
  }

  /** Has the names looked up that are missing; and the lists read if they are, and the server can be asked. */
  async look(caughtUp: boolean): Promise<void> {
    this.#sender.heard();
    const { people, position } = this.#timeline;
    if (caughtUp && !this.#isReading && position.cursor !== null && !people.has(LISTED)) await this.#read();
    this.#directory.want([...this.#timeline.people.values()].flatMap(usersOf));
  }

  /** As `ContactSender.send`. */
  async send(change: ContactChange): Promise<ChangeResponse> {
    return this.#sender.send(change);
  }

  async #read(): Promise<void> {
    const { people: before, readings } = this.#timeline;
    this.#isReading = true;
    const reading = readings.begin("");
    try {
      const listed = await listPeople(this.#api);
      await this.#timeline.putPeople(() =>
        reading.isVoid ? { put: [], gone: [] } : takeOver(before, this.#timeline.people, listed),
      );
    } finally {
      reading.end();
      this.#isReading = false;
    }
  }
}

/**
 * What the lists change of what is held. Whatever the timeline has said of somebody since they were asked for counts for
 * more: it may be newer, and if it is older, what is newer follows in it.
 */
function takeOver(
  before: ReadonlyMap<string, PersonRecord>,
  now: ReadonlyMap<string, PersonRecord>,
  listed: readonly PersonRecord[],
): PeopleChange {
  const isSame = (key: string) => before.get(key) === now.get(key);
  const keys = new Set(listed.map(({ key }) => key));
  return {
    put: [...listed.filter(({ key }) => isSame(key)), { key: LISTED }],
    gone: [...now.keys()].filter((key) => isSame(key) && !keys.has(key)),
  };
}

function usersOf({ contact, application }: PersonRecord): UserId[] {
  return [
    ...(contact ? [contact.userId] : []),
    ...(application?.applicant === undefined ? [] : [application.applicant]),
    ...(application?.type === "friend" ? [application.target] : []),
  ];
}
