import type { Application, Contact } from "@im-webapp/protocol";

/** What is held of a contact or of an application; one with neither says that the lists of both have been read. */
export interface PersonRecord {
  /** Names what it is of. */
  readonly key: string;
  /** How the user keeps somebody; also one who was a contact. */
  readonly contact?: Contact;
  /** In its newest state. */
  readonly application?: Application;
}

/** The key of the record that says that the lists have been read. */
export const LISTED = "listed";

/** The record of an entry, or of an item of a list. */
export function personRecord({ contact, application }: Omit<PersonRecord, "key">): PersonRecord {
  if (contact) return { key: `c${contact.userId}`, contact };
  return { key: `a${application?.applicationId}`, ...(application && { application }) };
}
