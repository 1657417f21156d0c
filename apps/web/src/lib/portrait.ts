/** How many colours portraits have; tokens.css names them `--portrait-0` and on. */
export const PORTRAIT_COLOURS = 8;

/** The colour of an id's portrait: always the same one for the same id (FNV-1a, which spreads short ids well). */
export function portraitColour(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 16) ^ (hash & 0xffff)) % PORTRAIT_COLOURS;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const graphemes = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** Longest name in ideographs whose last two are the given name: 王小明 → 小明. Longer ones are no person's name. */
const PERSONAL_NAME = 4;

/**
 * One or two characters that stand for a name in its portrait: the given name of a Chinese name (王小明 → 小明), the
 * first characters of a longer one, the initials of a Latin one (Ada Lovelace → AL), an emoji by itself.
 */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s_.\-·]+/u)
    .filter((word) => word !== "");
  const first = words[0];
  if (first === undefined) return "?";
  const characters = graphemes(first);
  const head = characters[0] ?? "?";
  if (IDEOGRAPH.test(head)) {
    const run = characters.filter((character) => IDEOGRAPH.test(character));
    return run.length <= PERSONAL_NAME ? run.slice(-2).join("") : run.slice(0, 2).join("");
  }
  const last = words.length > 1 ? graphemes(words.at(-1) ?? "")[0] : undefined;
  const isLetter = /^[\p{L}\p{N}]/u;
  if (!isLetter.test(head)) return head;
  const tail = last !== undefined && /^\p{L}/u.test(last) && !IDEOGRAPH.test(last) ? last : "";
  return (head + tail).toUpperCase();
}

/** The one character that tells a face apart where there is no room for more: 小雨 → 雨, AL → A. */
export function shortInitial(name: string): string {
  const characters = graphemes(initials(name));
  return (IDEOGRAPH.test(characters[0] ?? "") ? characters.at(-1) : characters[0]) ?? "?";
}

/** A square of a group's portrait, in units of the whole (0–1). */
export interface MosaicCell {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Most faces in a group's portrait: at 40 px, more could not be told apart. */
export const MOSAIC_FACES = 4;

/**
 * Where the faces of a group's portrait go: 1 in the middle, 2 side by side, 3 as one above two, 4 in a square; never
 * overlapping, with the same gap between and around them.
 */
export function mosaicCells(faces: number): MosaicCell[] {
  const gap = 0.05;
  const count = Math.min(Math.max(faces, 0), MOSAIC_FACES);
  const half = (1 - 3 * gap) / 2;
  const near = gap;
  const far = 2 * gap + half;
  const middle = (1 - half) / 2;
  const rows: MosaicCell[][] = [
    [],
    [{ x: gap, y: gap, size: 1 - 2 * gap }],
    [
      { x: near, y: middle, size: half },
      { x: far, y: middle, size: half },
    ],
    [
      { x: middle, y: near, size: half },
      { x: near, y: far, size: half },
      { x: far, y: far, size: half },
    ],
    [
      { x: near, y: near, size: half },
      { x: far, y: near, size: half },
      { x: near, y: far, size: half },
      { x: far, y: far, size: half },
    ],
  ];
  return rows[count] ?? [];
}
