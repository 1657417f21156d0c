import type { ApplicationsResponse, Contact, ContactsResponse } from "@im-webapp/protocol";
import type { Api } from "../transport/api.ts";
import { search } from "../transport/rest.ts";
import { personRecord } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

/** Items that are asked for at once. */
const PAGE = "500";

interface Page {
  readonly more: boolean;
  readonly page?: string | undefined;
}

/** Reads the lists of contacts, of blocked people and of applications to their end. Throws an `ImError`. */
export async function listPeople(api: Pick<Api, "send">): Promise<readonly PersonRecord[]> {
  const contacts = (path: string) =>
    all<ContactsResponse, Contact>(api, path, (answer) => answer.contacts).then((found) =>
      found.map((contact) => personRecord({ contact })),
    );
  const applications = await all<ApplicationsResponse, PersonRecord>(api, "/applications", (answer) =>
    answer.applications.map((application) => personRecord({ application })),
  );
  return [...(await contacts("/blocks")), ...(await contacts("/contacts")), ...applications];
}

async function all<A extends Page, T>(api: Pick<Api, "send">, path: string, items: (answer: A) => readonly T[]) {
  const found: T[] = [];
  let page: string | undefined;
  do {
    const answer = await api.send<A>({ method: "GET", path: `${path}?${search({ limit: PAGE, page })}` });
    found.push(...items(answer));
    page = answer.more ? answer.page : undefined;
  } while (page !== undefined);
  return found;
}
