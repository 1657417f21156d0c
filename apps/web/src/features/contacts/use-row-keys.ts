import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { type ContactRow, rowForKey } from "./contact-rows.ts";

/** Frames until a line that was far away is measured and can take the focus; it takes two or three. */
const MOST_FRAMES = 30;

/** Attribute of a line with its index. */
export const ROW_INDEX = "data-row";

interface RowKeys {
  /** The line that has, or had, the focus: it stays mounted when it is scrolled out of view. */
  readonly kept: readonly number[];
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The keys of a virtual list of links: they lead to lines that do not exist before one goes there. */
export function useRowKeys(
  rows: readonly ContactRow[],
  pane: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
): RowKeys {
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const focusRow = useCallback(
    (index: number) => {
      cancelAnimationFrame(frame.current);
      const attempt = (left: number) => {
        const link = pane.current?.querySelector<HTMLElement>(`[${ROW_INDEX}="${index}"] a`);
        link?.focus();
        if (left === 0 || (link && document.activeElement === link)) return;
        frame.current = requestAnimationFrame(() => attempt(left - 1));
      };
      attempt(MOST_FRAMES);
    },
    [pane],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
      const from = Number(event.currentTarget.closest(`[${ROW_INDEX}]`)?.getAttribute(ROW_INDEX));
      const to = rowForKey(rows, from, event.key);
      const row = to === undefined ? undefined : rows[to];
      if (to === undefined || row === undefined) return;
      event.preventDefault();
      setActiveKey(row.key);
      // The heading above the first of a part is to be seen with it; a letter goes to the top, to be read from there.
      const align = event.key.length === 1 ? "start" : "nearest";
      list.current?.scrollToIndex(rows[to - 1]?.kind === "heading" ? to - 1 : to, { align });
      focusRow(to);
    },
    [rows, list, focusRow],
  );

  const onFocus = useCallback(
    ({ target }: FocusEvent<HTMLElement>) => {
      const index = target.closest(`[${ROW_INDEX}]`)?.getAttribute(ROW_INDEX);
      if (index !== null && index !== undefined) setActiveKey(rows[Number(index)]?.key ?? null);
    },
    [rows],
  );

  const active = activeKey === null ? -1 : rows.findIndex(({ key }) => key === activeKey);
  return { kept: active === -1 ? [] : [active], onFocus, onKeyDown };
}
