/** Marks what the arrow keys walk over. */
const MARK = "data-message";

/** Spread on a message's row. */
export const messageMark = { [MARK]: "" };

/**
 * Moves the focus from a message to the one above or below, or from the list to the last or first one in view. Only a
 * part of the messages exists, but always the neighbour. Whether there was one.
 */
export function walkMessages(from: HTMLElement, step: 1 | -1): boolean {
  const pane = from.closest<HTMLElement>("[data-message-list]");
  if (pane === null) return false;
  const { top, bottom } = pane.getBoundingClientRect();
  const rows = [...pane.querySelectorAll<HTMLElement>(`[${MARK}]`)]
    .map((row) => ({ row, box: row.getBoundingClientRect() }))
    .toSorted((a, b) => a.box.top - b.box.top);
  const held = rows.findIndex(({ row }) => row === from);
  const inView = rows.filter(({ box }) => box.top < bottom && box.bottom > top);
  const next = held === -1 ? inView.at(step === -1 ? -1 : 0) : rows[held + step];
  next?.row.focus();
  return next !== undefined;
}
