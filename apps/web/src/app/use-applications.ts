import type { Application } from "@im-webapp/protocol";
import { useMemo } from "react";
import { useClientState } from "@im-webapp/react";
import { shownApplications, viewOf } from "../lib/applications.ts";
import { useNow } from "../lib/use-now.ts";

/** Applications that one has made or may answer, those that wait first. */
export function useApplications(): readonly Application[] {
  const applications = useClientState((state) => state.applications);
  const contacts = useClientState((state) => state.contacts);
  return useMemo(() => shownApplications(applications, contacts), [applications, contacts]);
}

/** How many applications wait for one's answer: those of a type, or of all types. */
export function useWaitingCount(type?: Application["type"]): number {
  const applications = useApplications();
  const ownId = useClientState((state) => state.me?.userId ?? "");
  const now = useNow();
  return applications.filter((application) => {
    return (type === undefined || application.type === type) && viewOf(application, ownId, now) === "answerable";
  }).length;
}
