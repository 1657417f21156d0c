import { useClientState } from "@im-webapp/react";

/** Stands for how one's own requests to join groups are: it changes when one of them is made, answered or taken back. */
export function useOwnRequests(): string {
  return useClientState(({ applications, me }) =>
    [...applications.values()]
      .filter(({ type, applicant }) => type === "group" && applicant === me?.userId)
      .map(({ applicationId, updatedAt }) => `${applicationId} ${updatedAt}`)
      .toSorted()
      .join(),
  );
}
