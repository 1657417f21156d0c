/** What browsers make of a finger that is lifted: the second moves the focus as well. */
const FOLLOWING = ["click", "mousedown"] as const;

/**
 * Swallows the click that follows when the finger is lifted: it would fall on a link below it, or on whatever has opened
 * in its place meanwhile. One that begins anew is meant.
 */
export function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  for (const type of FOLLOWING) window.addEventListener(type, swallow, { capture: true, once: true });
  const forget = () => {
    for (const type of FOLLOWING) window.removeEventListener(type, swallow, { capture: true });
  };
  window.addEventListener("pointerdown", forget, { capture: true, once: true });
}
