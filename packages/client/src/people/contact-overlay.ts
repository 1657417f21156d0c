import type { Contact, UserId } from "@im-webapp/protocol";
import type { PendingChange } from "../store/local-store.ts";

/** Contacts and those who are blocked, as they will be once the server has the pending changes. */
export function withContactChanges(
  contacts: ReadonlyMap<UserId, Contact>,
  changes: readonly PendingChange[],
): ReadonlyMap<UserId, Contact> {
  const shown = new Map(contacts);
  for (const change of changes) {
    if (change.error || !("userId" in change)) continue;
    const { userId } = change;
    const contact = changed(shown.get(userId) ?? { userId, favourite: false, blocked: false }, change);
    if (isKept(contact)) shown.set(userId, contact);
    else shown.delete(userId);
  }
  return shown;
}

/** Whether somebody is a contact or blocked; of anyone else nothing is shown. */
export function isKept({ since, blocked }: Contact): boolean {
  return since !== undefined || blocked;
}

function changed(contact: Contact, change: PendingChange): Contact {
  const { since: _since, alias: _alias, ...stranger } = contact;
  if (change.kind === "block") return { ...contact, blocked: change.on };
  if (contact.since === undefined || change.kind === "unfriend") return { ...stranger, favourite: false };
  if (change.kind === "favourite") return { ...contact, favourite: change.on };
  if (change.kind !== "alias") return contact;
  return { ...stranger, since: contact.since, ...(change.alias !== "" && { alias: change.alias }) };
}
