import {
  type Application,
  type ApplicationsResponse,
  type Contact,
  type ContactsResponse,
  type Entry,
  application,
  applicationsResponse,
  contact,
  contactsResponse,
} from "@im-webapp/protocol";
import { expect } from "vitest";
import type { Person } from "../support/people.ts";

export async function apply(from: Person, to: Person, description = ""): Promise<Application> {
  const body = { type: "friend", target: to.userId, description };
  return application.strict().parse(await from.rest("POST", "/api/v1/applications", body));
}

export async function answer(by: Person, to: Application, what: "accept" | "refuse"): Promise<Application> {
  return application.strict().parse(await by.rest("POST", `/api/v1/applications/${to.applicationId}/${what}`));
}

/** Makes two people contacts of each other. */
export async function befriend(a: Person, b: Person): Promise<void> {
  await answer(b, await apply(a, b), "accept");
}

export async function keep(person: Person, of: Person, change: { alias?: string; favourite?: boolean }) {
  return contact.strict().parse(await person.rest("PATCH", `/api/v1/contacts/${of.userId}`, change));
}

export const part = (person: Person, from: Person) => person.rest<Contact>("DELETE", `/api/v1/contacts/${from.userId}`);

export const block = (person: Person, whom: Person) =>
  person.rest<Contact>("POST", "/api/v1/blocks", { userId: whom.userId });

export const unblock = (person: Person, whom: Person) =>
  person.rest<Contact>("DELETE", `/api/v1/blocks/${whom.userId}`);

/** Everybody of a list, in pages of `limit`. */
export async function listAll(person: Person, of: "contacts" | "blocks", limit = 50): Promise<Contact[]> {
  const found: Contact[] = [];
  let page: string | undefined;
  do {
    const query = `?limit=${limit}${page === undefined ? "" : `&page=${encodeURIComponent(page)}`}`;
    const answered: ContactsResponse = await person.rest("GET", `/api/v1/${of}${query}`);
    contactsResponse.strict().parse(answered);
    expect(answered.contacts.length > 0 || !answered.more, "no page is empty while there is more").toBe(true);
    found.push(...answered.contacts);
    page = answered.more ? answered.page : undefined;
  } while (page !== undefined);
  return found;
}

/** All applications that somebody sees, in pages of `limit`. */
export async function listApplications(person: Person, limit = 50): Promise<Application[]> {
  const found: Application[] = [];
  let page: string | undefined;
  do {
    const query = `?limit=${limit}${page === undefined ? "" : `&page=${encodeURIComponent(page)}`}`;
    const answered: ApplicationsResponse = await person.rest("GET", `/api/v1/applications${query}`);
    applicationsResponse.strict().parse(answered);
    expect(answered.applications.length > 0 || !answered.more, "no page is empty while there is more").toBe(true);
    found.push(...answered.applications);
    page = answered.more ? answered.page : undefined;
  } while (page !== undefined);
  return found;
}

/** What a timeline says of contacts and applications once it is folded: the last entry of each counts. */
export function foldPeople(entries: readonly Entry[]) {
  const contacts = new Map<string, Contact>();
  const applications = new Map<string, Application>();
  for (const entry of entries) {
    if (entry.type !== "contact") continue;
    if (entry.contact) contacts.set(entry.contact.userId, entry.contact);
    if (entry.application) applications.set(entry.application.applicationId, entry.application);
  }
  return {
    contacts: [...contacts.values()].filter(({ since, blocked }) => since !== undefined || blocked),
    applications: [...applications.values()],
  };
}
