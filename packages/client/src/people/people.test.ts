import type { Application, Contact } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { makeContact, memoryAccount } from "../../test/builders.ts";
import { TimelineStore } from "../sync/timeline-store.ts";
import { listPeople } from "./list-people.ts";
import { PeopleLists } from "./people-lists.ts";
import { LISTED, personRecord } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

const record = (userId: string, overrides?: Partial<Contact>) =>
  personRecord({ contact: makeContact(userId, overrides) });

async function timeline() {
  const store = await memoryAccount();
  await store.reset("e");
  await store.completeList("e", { cursor: 0, listed: new Set() });
  const held = new TimelineStore({ self: "me", store, stored: () => undefined, dropped: () => undefined });
  held.restore(await store.load());
  let seq = 0;
  const hear = (contact: Contact) => held.apply([{ seq: (seq += 1), at: 1, type: "contact", contact }]);
  /** Has the lists read; `answer` gives the contacts that they name. */
  const list = async (answer: () => Promise<readonly PersonRecord[]>) => {
    const named: string[] = [];
    const send = async <T>({ path }: { path: string }) => {
      if (!path.startsWith("/contacts")) return { contacts: [], applications: [], more: false } as T;
      return { contacts: (await answer()).map(({ contact }) => contact), more: false } as T;
    };
    await new PeopleLists(held, { send }, { want: (ids) => named.push(...ids) }, () => undefined).look(true);
    return named;
  };
  return { store, held, hear, list };
}

const byKey = (records: Iterable<PersonRecord>) => [...records].toSorted((a, b) => (a.key < b.key ? -1 : 1));

it("takes the lists over, but for what the timeline has said meanwhile, and drops whom they do not name", async () => {
  const { store, held, hear, list } = await timeline();
  await hear(makeContact("gone"));
  await hear(makeContact("old", { alias: "Old" }));
  const named = await list(async () => {
    await hear(makeContact("heard", { alias: "New" }));
    await hear(makeContact("unlisted"));
    return [record("heard"), record("listed"), record("old")];
  });
  const expected = [
    record("heard", { alias: "New" }),
    record("listed"),
    record("old"),
    record("unlisted"),
    { key: LISTED },
  ];
  expect(byKey(held.people.values())).toEqual(byKey(expected));
  expect(byKey((await store.load()).people)).toEqual(byKey(expected));
  expect(named.toSorted(), "whose names are needed").toEqual(["heard", "listed", "old", "unlisted"]);
});

it("ignores lists that were asked for before everything was dropped", async () => {
  const { held, hear, list } = await timeline();
  await hear(makeContact("ann"));
  await list(async () => {
    await held.expire();
    return [];
  });
  expect([...held.people.values()]).toEqual([record("ann")]);
});

it("reads each list page by page", async () => {
  const asked: string[] = [];
  const application = { applicationId: "x" } as Application;
  const pages: Record<string, unknown> = {
    "/contacts?limit=500": { contacts: [makeContact("ann")], more: true, page: "2" },
    "/contacts?limit=500&page=2": { contacts: [makeContact("bob")], more: false },
    "/blocks?limit=500": { contacts: [], more: false },
    "/applications?limit=500": { applications: [application], more: false },
  };
  const found = await listPeople({
    send: async <T>({ path }: { path: string }) => {
      asked.push(path);
      return pages[path] as T;
    },
  });
  expect(asked.toSorted()).toEqual(Object.keys(pages).toSorted());
  expect(byKey(found)).toEqual(byKey([record("ann"), record("bob"), personRecord({ application })]));
});
