/** Room that the toolbar needs beside a bubble, with its distance from it, in pixels. */
const WIDTH_PX = 136;

/** Room that it needs above one, in pixels. */
const HEIGHT_PX = 48;

/** Where the toolbar stands: beside the bubble, or where that is as wide as the conversation, over or under it. */
export type ToolbarPlace = "beside" | "beside-end" | "above" | "below";

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
  return box.top - (pane?.top ?? 0) < HEIGHT_PX ? "below" : "above";
}
