import type { Application, Contact, UserId } from "@im-webapp/protocol";

/** What a person can do about an application, or what became of it. */
export type ApplicationView = "answerable" | "pending" | "accepted" | "refused" | "withdrawn" | "expired";

/** How an application looks to a person at a moment. */
export function viewOf({ status, applicant, expiresAt }: Application, ownId: UserId, now: number): ApplicationView {
  if (status !== "pending") return status;
  if (expiresAt <= now) return "expired";
  return applicant === ownId ? "pending" : "answerable";
}

/**
 * The applications that a person sees: those that wait first, and otherwise those that changed last. Of those whom they block, nothing is shown that waits for an
 * answer: while they block, they could not accept it.
 */
export function shownApplications(
  applications: ReadonlyMap<string, Application>,
  contacts: ReadonlyMap<UserId, Contact>,
): readonly Application[] {
  return [...applications.values()]
    .filter(({ status, applicant = "" }) => status !== "pending" || contacts.get(applicant)?.blocked !== true)
    .toSorted((a, b) => Number(b.status === "pending") - Number(a.status === "pending") || b.updatedAt - a.updatedAt);
}
