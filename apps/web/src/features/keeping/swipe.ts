/** How far a finger goes before it is more than a tap, in pixels. */
const SLOP_PX = 10;

/** How much wider than high its way must be to be no scrolling. */
const SLANT = 1.3;

/** A flick: a speed, in pixels a millisecond, that says more than how far it has come. */
const FLICK = 0.4;

/** What a finger is doing: too little to say, moving sideways, or something else. */
export function movementOf(dx: number, dy: number): "tap" | "swipe" | "other" {
  if (Math.hypot(dx, dy) <= SLOP_PX) return "tap";
  return Math.abs(dx) > Math.abs(dy) * SLANT ? "swipe" : "other";
}

/**
 * Whether what lies under a row stays open as the finger is lifted.
 *
 * @param offset how far the row has been moved, in pixels; below 0 to the left
 * @param speed in pixels a millisecond, below 0 to the left
 * @param width of what lies under it, in pixels
 */
export function staysOpen(offset: number, speed: number, width: number): boolean {
  if (Math.abs(speed) > FLICK) return speed < 0;
  return -offset > width / 2;
}
