import { type RefObject, useEffect, useRef } from "react";

/**
 * On a phone one pane replaces the other, and with it goes whatever had the focus. Moves the focus into the pane that
 * came: to the chosen row on the way back, otherwise to the pane itself, so that a screen reader reads it from its start.
 */
export function usePaneFocus(frame: RefObject<HTMLElement | null>, isPhone: boolean, isChosen: boolean): void {
  const before = useRef(isChosen);
  useEffect(() => {
    const changed = before.current !== isChosen;
    before.current = isChosen;
    if (!changed || !isPhone) return;
    const [list, main] = frame.current?.children ?? [];
    const pane = isChosen ? main : list;
    if (!(pane instanceof HTMLElement) || pane.contains(document.activeElement)) return;
    const last = isChosen ? null : pane.querySelector<HTMLElement>("[data-last-chosen]");
    (last ?? pane).focus({ preventScroll: true });
  }, [frame, isPhone, isChosen]);
}
