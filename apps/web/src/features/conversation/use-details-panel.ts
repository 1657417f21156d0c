import { useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { DETAILS_PANEL, PANEL_PARAM } from "./conversation-path.ts";

export interface DetailsPanel {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly close: () => void;
}

/** Kept with the address that shows the panel: the one before it is the same place without the panel. */
const OPENED_HERE = { opened: "panel" } as const;

const isOpenedHere = (state: unknown): boolean =>
  typeof state === "object" && state !== null && "opened" in state && state.opened === OPENED_HERE.opened;

/** The details beside a conversation. Part of the address, so that reload keeps them and back closes them. */
export function useDetailsPanel(): DetailsPanel {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const canGoBack = isOpenedHere(useLocation().state);
  const isOpen = search.get(PANEL_PARAM) === DETAILS_PANEL;
  return useMemo(() => {
    const open = () => setSearch({ [PANEL_PARAM]: DETAILS_PANEL }, { state: OPENED_HERE });
    // Going back, rather than to the same place once more, leaves one step between here and where one came from.
    const close = () => (canGoBack ? void navigate(-1) : setSearch({}, { replace: true }));
    return { isOpen, close, toggle: isOpen ? close : open };
  }, [isOpen, canGoBack, navigate, setSearch]);
}
