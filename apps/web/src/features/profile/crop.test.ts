import { expect, it } from "vitest";
import { MAX_ZOOM, WHOLE, place, within } from "./crop.ts";

const wide = { width: 400, height: 100 };
const tall = { width: 30, height: 60 };

it("fills the square with the middle of the picture", () => {
  expect(place(wide, WHOLE, 100)).toEqual([-150, 0, 400, 100]);
  expect(place(tall, WHOLE, 10)).toEqual([0, -5, 10, 20]);
});

it("never shows what is beyond the picture", () => {
  for (const size of [wide, tall, { width: 1, height: 1 }]) {
    for (const zoom of [0, 0.5, 1, 2.5, 99]) {
      for (const [x, y] of [
        [0, 0],
        [-99, 99],
        [0.3, -0.4],
      ] as const) {
        const crop = within(size, { zoom, x, y });
        const [left, top, width, height] = place(size, crop, 256);
        expect(Math.max(left, top)).toBeLessThanOrEqual(1e-9);
        expect(Math.min(left + width, top + height)).toBeGreaterThanOrEqual(256 - 1e-9);
        expect(crop.zoom).toBeLessThanOrEqual(MAX_ZOOM);
      }
    }
  }
});

it("keeps a move that is within the picture", () => {
  expect(within(wide, { zoom: 1, x: 1.2, y: 0.1 })).toEqual({ zoom: 1, x: 1.2, y: 0 });
  expect(within(wide, { zoom: 2, x: -3, y: 0.4 })).toEqual({ zoom: 2, x: -3, y: 0.4 });
});
