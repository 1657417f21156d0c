import type { MouseEvent } from "react";
import { useNavigate } from "react-router";

/** Whether the app has shown something before in this tab: the router numbers its steps from 0. */
function hasStepBefore(): boolean {
  const state: unknown = window.history.state;
  return (
    typeof state === "object" && state !== null && "idx" in state && typeof state.idx === "number" && state.idx > 0
  );
}

/**
 * For the click on a link back: leads to where one came from, as several places lead to most pages. The address of the link
 * itself is for a tab that was opened at this page, and for one that opens it elsewhere.
 */
export function useBack(): (event: MouseEvent) => void {
  const navigate = useNavigate();
  return (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !hasStepBefore()) return;
    event.preventDefault();
    void navigate(-1);
  };
}
