import type { ApplicationsResponse, ContactsResponse } from "@im-webapp/protocol";
import type { Api } from "../transport/api.ts";
import { search } from "../transport/rest.ts";
import { personRecord } from "./person-record.ts";
import type { PersonRecord } from "./person-record.ts";

/** Items that are asked for at once. */
const PAGE = "500";

/** Reads the lists of contacts, of blocked people and of applications to their end. Throws an `ImError`. */
export async function listPeople(api: Pick<Api, "send">): Promise<readonly PersonRecord[]> {
  const found: PersonRecord[] = [];
  for (const list of ["blocks", "contacts", "applications"]) {
    let page: string | undefined;
    do {
      const path = `/${list}?${search({ limit: PAGE, page })}`;
      const answer = await api.send<Partial<ContactsResponse & ApplicationsResponse>>({ method: "GET", path });
      found.push(
        ...(answer.contacts ?? []).map((contact) => personRecord({ contact })),
        ...(answer.applications ?? []).map((application) => personRecord({ application })),
      );
      page = answer.more ? answer.page : undefined;
    } while (page !== undefined);
  }
  return found;
}
