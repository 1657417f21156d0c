import { describe, expect, it } from "vitest";
import { initials, MOSAIC_FACES, mosaicCells, PORTRAIT_COLOURS, portraitColour } from "./portrait.ts";

describe("initials", () => {
  it.each([
    ["王小明", "小明"],
    ["李雷", "李雷"],
    ["欧阳修文", "修文"],
    ["产品设计与研发", "产品"],
    ["Ada Lovelace", "AL"],
    ["alice", "A"],
    ["jean-luc picard", "JP"],
    ["王伟 Wei Wang", "王伟"],
    ["Tom 王", "T"],
    ["👩‍🚀 Space", "👩‍🚀"],
    ["é", "É"],
    ["42", "4"],
    ["  ", "?"],
    ["", "?"],
  ])("writes %s as %s", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe("portraitColour", () => {
  it("is stable and within range", () => {
    expect(portraitColour("u_1")).toBe(portraitColour("u_1"));
    for (let index = 0; index < 500; index += 1) {
      const colour = portraitColour(`user${index}`);
      expect(Number.isInteger(colour) && colour >= 0 && colour < PORTRAIT_COLOURS).toBe(true);
    }
  });

  it("spreads similar ids over all colours", () => {
    const used = new Set(Array.from({ length: 64 }, (_, index) => portraitColour(`u${index}`)));
    expect(used.size).toBe(PORTRAIT_COLOURS);
  });
});

describe("mosaicCells", () => {
  it.each([1, 2, 3, 4])("places %i faces inside the square without an overlap", (faces) => {
    const cells = mosaicCells(faces);
    expect(cells).toHaveLength(faces);
    for (const { x, y, size } of cells) {
      expect(x).toBeGreaterThan(0);
      expect(y).toBeGreaterThan(0);
      expect(x + size).toBeLessThan(1);
      expect(y + size).toBeLessThan(1);
    }
    for (const [index, a] of cells.entries()) {
      for (const b of cells.slice(index + 1)) {
        expect(a.x + a.size <= b.x || b.x + b.size <= a.x || a.y + a.size <= b.y || b.y + b.size <= a.y).toBe(true);
      }
    }
  });

  it("shows no more faces than can be told apart", () => {
    expect(mosaicCells(9)).toHaveLength(MOSAIC_FACES);
    expect(mosaicCells(0)).toEqual([]);
  });
});
