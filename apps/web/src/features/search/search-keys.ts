import type { ConversationId, SearchKind } from "@im-webapp/protocol";
import { useCallback, useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { PHONE, useMediaQuery } from "../../lib/use-media-query.ts";
import { NEW_SEARCH, searchPart } from "./search-params.ts";

/** Whether a navigation was made to look for something: then the field takes the focus. */
export function isAskedFor(state: unknown): boolean {
  return typeof state === "object" && state !== null && "find" in state;
}

const isTextField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select") !== null);

const isDialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** Begins a search in a conversation, or in all of them: beside what is open, on a phone in place of it. */
export function useBeginSearch(): (within?: ConversationId, kind?: SearchKind) => void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const isPhone = useMediaQuery(PHONE);
  return useCallback(
    (within, kind) => {
      const to = `${isPhone ? "/" : pathname}${searchPart({ ...NEW_SEARCH, within, kind })}`;
      void navigate(to, { state: { find: performance.now() } });
    },
    [navigate, pathname, isPhone],
  );
}

/** Ctrl+F or ⌘F looks through the open conversation, `/` through everything. */
export function useSearchKeys(current: ConversationId | undefined): void {
  const begin = useBeginSearch();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.shiftKey || isDialogOpen()) return;
      const isModified = event.ctrlKey || event.metaKey;
      const isFind = isModified && event.key.toLowerCase() === "f" && current !== undefined;
      const isSlash = !isModified && event.key === "/" && !isTextField(event.target);
      if (!isFind && !isSlash) return;
      event.preventDefault();
      begin(isFind ? current : undefined);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [begin, current]);
}
