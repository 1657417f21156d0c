/** Room that the toolbar needs beside a bubble, with its distance from it, in pixels. */
const WIDTH_PX = 136;

/**
 * Where the toolbar stands: beside the bubble, or where that is nearly as wide as the conversation, over its edge, so that
 * it covers nothing of other messages; at its top, or at its end where the top is out of sight.
 */
export type ToolbarPlace = "beside" | "beside-end" | "over" | "over-end";

/** Whether it stands clear of the bubble. */
export const isBeside = (place: ToolbarPlace): boolean => place === "beside" || place === "beside-end";

/** The place for the toolbar of a row that the pointer has come upon. What is above the list's edge cannot be seen. */
export function toolbarPlace(row: HTMLElement, isOwn: boolean): ToolbarPlace {
  const pane = row.closest("[data-message-list]")?.getBoundingClientRect();
  const box = row.getBoundingClientRect();
  const contents = [...(row.querySelector("[data-column]")?.children ?? [])].map((child) =>
    child.getBoundingClientRect(),
  );
  // What is for screen readers only has no width to speak of, and stands anywhere.
  const seen = contents.filter(({ width }) => width > 1);
  const room = isOwn
    ? Math.min(...seen.map(({ left }) => left)) - box.left
    : box.right - Math.max(...seen.map(({ right }) => right));
  const isCut = box.top - (pane?.top ?? 0) < 0;
  if (room >= WIDTH_PX) return isCut ? "beside-end" : "beside";
  return isCut ? "over-end" : "over";
}
