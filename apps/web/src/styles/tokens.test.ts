import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];

/** Linear sRGB of an OKLCH colour, clipped to the gamut as a screen would (https://www.w3.org/TR/css-color-4/). */
function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(Math.max(value, 0), 1);
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

/** The opaque colours of a theme, by token. */
function colours(theme: 0 | 1): Map<string, Rgb> {
  const found = new Map<string, Rgb>();
  for (const [, name = "", value = ""] of css.matchAll(/--([\w-]+):\s*((?:light-dark\(|oklch\()[^;]*);/g)) {
    const list = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ?([\d.]*)\)/g)];
    const match = list[theme] ?? list[0];
    if (match !== undefined) found.set(name, linearRgb(Number(match[1]), Number(match[2]), Number(match[3])));
  }
  return found;
}

const portraits = Array.from({ length: 8 }, (_, index) => ["portrait-ink", `portrait-${index}`] as const);

/** Text and the ground that it stands on: 4.5 : 1 (WCAG 2.2, 1.4.3). */
const TEXT: readonly (readonly [string, string])[] = [
  ...["canvas", "surface", "ground", "raised", "field", "selected"].flatMap(
    (ground) =>
      [
        ["ink", ground],
        ["ink-muted", ground],
      ] as const,
  ),
  ["ink", "bubble-own"],
  ["bubble-own-meta", "bubble-own"],
  ["accent-ink", "bubble-own"],
  ...["canvas", "surface", "ground", "raised", "accent-tint"].map((ground) => ["accent-ink", ground] as const),
  ...["accent", "accent-hover", "accent-pressed"].map((ground) => ["on-accent", ground] as const),
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
  ["on-badge", "badge"],
  ["on-quiet", "quiet"],
  ...["surface", "ground", "raised", "field", "danger-tint", "bubble-own"].map(
    (ground) => ["danger-ink", ground] as const,
  ),
  ...["keyword", "string", "number", "name"].map((role) => [`code-${role}`, "field"] as const),
  ["warning-ink", "warning-tint"],
  ...portraits,
];

/** What must be seen to be used, such as the edge of a field: 3 : 1 (WCAG 2.2, 1.4.11). */
const EDGES: readonly (readonly [string, string])[] = [
  ["line-strong", "surface"],
  ["line-strong", "field"],
  ["accent", "surface"],
  ["accent", "ground"],
  ["danger", "surface"],
];

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the %s theme", (_name, theme) => {
  const found = colours(theme);
  const ratio = ([front, back]: readonly [string, string]) => {
    const [one, other] = [found.get(front), found.get(back)];
    if (one === undefined || other === undefined) throw new Error(`tokens.css has no ${front} or no ${back}`);
    return contrast(one, other);
  };

  it.each(TEXT)("shows %s on %s as readable text", (front, back) => {
    expect(ratio([front, back])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(EDGES)("shows %s on %s as a visible edge", (front, back) => {
    expect(ratio([front, back])).toBeGreaterThanOrEqual(3);
  });
});

describe("contrast", () => {
  it("is that of WCAG", () => {
    expect(contrast(linearRgb(1, 0, 0), linearRgb(0, 0, 0))).toBeCloseTo(21, 1);
  });
});
