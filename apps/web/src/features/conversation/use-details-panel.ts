import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { DETAILS_PANEL, PANEL_PARAM } from "./conversation-path.ts";

export interface DetailsPanel {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly close: () => void;
}

/** The details beside a conversation. Part of the address, so that reload keeps them and back closes them. */
export function useDetailsPanel(): DetailsPanel {
  const [search, setSearch] = useSearchParams();
  const isOpen = search.get(PANEL_PARAM) === DETAILS_PANEL;
  return useMemo(() => {
    const close = () => setSearch({}, { replace: true });
    const open = () => setSearch({ [PANEL_PARAM]: DETAILS_PANEL });
    return { isOpen, close, toggle: isOpen ? close : open };
  }, [isOpen, setSearch]);
}
