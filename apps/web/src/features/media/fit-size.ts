/** The largest picture in a conversation, in pixels. */
const MAX_WIDTH = 288;
const MAX_HEIGHT = 320;

/** The smallest side: enough to be pressed, and for the time on it. */
const MIN_SIDE = 112;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The room that a picture takes in a conversation, in pixels: its own shape, or a part of it where that is very long. */
export function fitSize({ width, height }: Size): Size {
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  const side = (length: number, max: number) => Math.round(Math.min(Math.max(length * scale, MIN_SIDE), max));
  return { width: side(width, MAX_WIDTH), height: side(height, MAX_HEIGHT) };
}
