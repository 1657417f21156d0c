/** What part of a picture becomes the portrait: enlarged by `zoom`, its middle moved by `x` and `y`. */
export interface Crop {
  /** 1: the shorter side fills the square. */
  readonly zoom: number;
  /** How far the picture's middle is from the square's, in sides of the square. */
  readonly x: number;
  readonly y: number;
}

export const MAX_ZOOM = 4;

export const WHOLE: Crop = { zoom: 1, x: 0, y: 0 };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width and height of the enlarged picture, in sides of the square. */
function extent({ width, height }: Size, zoom: number): Size {
  const shorter = Math.min(width, height);
  return { width: (width / shorter) * zoom, height: (height / shorter) * zoom };
}

/** The crop nearest to `wanted` whose square is filled. */
export function within(size: Size, wanted: Crop): Crop {
  const zoom = Math.min(Math.max(wanted.zoom, 1), MAX_ZOOM);
  const { width, height } = extent(size, zoom);
  const clamp = (value: number, most: number) => Math.min(Math.max(value, -most), most);
  return { zoom, x: clamp(wanted.x, (width - 1) / 2), y: clamp(wanted.y, (height - 1) / 2) };
}

/** Where the picture is drawn in a square of `side` pixels: left, top, width, height. */
export function place(size: Size, { zoom, x, y }: Crop, side: number): readonly [number, number, number, number] {
  const { width, height } = extent(size, zoom);
  return [(0.5 + x - width / 2) * side, (0.5 + y - height / 2) * side, width * side, height * side];
}
