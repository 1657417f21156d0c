import type { Content } from "./content.ts";

/** A part of a text: from the first UTF-16 unit up to, and without, the second. */
export type TextRange = readonly [from: number, to: number];

/** Text in the form in which it is compared, with where each of its units comes from. */
interface Folded {
  readonly text: string;
  /** The place in the original of each unit, and its length at the end. */
  readonly origins: readonly number[];
}

/** Characters that every fold leaves as they are, but for the case of letters. */
const PLAIN = /^[\n\x20-\x7e\u3001\u3002\u4e00-\u9fff]*$/;
/** A character with the marks that go on it: what a fold may compose. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Whether a UTF-16 unit belongs to a script written without spaces: Chinese, kana, Hangul. */
export function isIdeographic(unit: number): boolean {
  return (unit >= 0x2e80 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7af) || (unit >= 0xf900 && unit <= 0xfaff);
}

/** The text as it is compared: without regard to case, width and other forms of the same character. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text.replaceAll(CLUSTER, foldCluster);
}

/** The words of a query, folded: what stands between white space, each once. */
export function searchWords(query: string): string[] {
  return [...new Set(foldText(query).split(/\s+/u))].filter((word) => word !== "");
}

/**
 * Where the words are in a text; undefined unless all are. A word of letters or digits that are written with spaces
 * between words is found at the beginning of one; any other is found anywhere. Ranges are ascending and do not overlap.
 */
export function findWords(text: string, words: readonly string[]): TextRange[] | undefined {
  const folded = fold(text);
  const found: TextRange[] = [];
  for (const word of words) {
    const places = placesOf(folded.text, word);
    if (places.length === 0) return undefined;
    for (const at of places) {
      found.push([folded.origins[at] ?? 0, endOf(folded, at + word.length - 1)]);
    }
  }
  return joined(found);
}

/** What of a message's content is found by its words; empty for what has none. */
export function searchableText(content: Content): string {
  switch (content.kind) {
    case "text":
      return content.text;
    case "file":
    case "card":
      return content.name;
    case "location":
      return content.name ?? "";
    case "forward":
      return content.items.map((item) => searchableText(item.content)).join("\n");
    default:
      return "";
  }
}

const foldCluster = (cluster: string) => cluster.normalize("NFKC").toLowerCase();

function fold(text: string): Folded {
  if (PLAIN.test(text))
    return { text: text.toLowerCase(), origins: Array.from({ length: text.length + 1 }, (_, i) => i) };
  let out = "";
  const origins: number[] = [];
  for (const match of text.matchAll(CLUSTER)) {
    const cluster = foldCluster(match[0]);
    for (let i = 0; i < cluster.length; i += 1) {
      // A character beyond the first plane stays as it is, and may be marked half: its units have places of their own.
      origins.push(cluster.length === match[0].length ? match.index + i : match.index);
    }
    out += cluster;
  }
  origins.push(text.length);
  return { text: out, origins };
}

/** Where in the original the character ends of which this folded unit is. */
function endOf({ origins }: Folded, unit: number): number {
  const begin = origins[unit] ?? 0;
  let next = unit + 1;
  // A loop: a copy of the rest for each place made long texts of one character take their length squared.
  while (next < origins.length - 1 && (origins[next] ?? 0) <= begin) next += 1;
  return origins[next] ?? begin;
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  const beginsWord = isSpaced(word, 0);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!beginsWord || at === 0 || !isSpaced(text, at - 1)) places.push(at);
  }
  return places;
}

/** Whether a letter or digit of a script with spaces between its words stands there. */
export function isSpaced(text: string, at: number): boolean {
  return !isIdeographic(text.charCodeAt(at)) && LETTER_OR_DIGIT.test(text.charAt(at));
}

function joined(ranges: readonly TextRange[]): TextRange[] {
  const out: TextRange[] = [];
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = out.at(-1);
    if (last && from <= last[1]) out[out.length - 1] = [last[0], Math.max(last[1], to)];
    else out.push([from, to]);
  }
  return out;
}
