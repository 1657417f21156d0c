import type { KeyboardEvent } from "react";

/**
 * Key handler of a link in a list: ↑ and ↓ move the focus to the link above or below within the nearest element marked
 * `data-walk`. In a virtual list only a part of the links exists, but its buffer always holds the neighbour.
 */
export function walkList(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const list = event.currentTarget.closest("[data-walk]");
  if (list === null) return;
  const links = [...list.querySelectorAll<HTMLElement>("a")].toSorted(
    (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
  );
  const next = links[links.indexOf(event.currentTarget) + step];
  event.preventDefault();
  next?.focus();
}
