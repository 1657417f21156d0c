import type { SearchHit } from "@im-webapp/protocol";

/** Text before the first mark, and altogether, in UTF-16 units: two lines of the list. */
const BEFORE = 14;
const LENGTH = 100;

/** A piece of a snippet. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** The part of a text around the first place that was found in it, in pieces. */
export function snippetOf(text: string, ranges: SearchHit["ranges"]): Piece[] {
  const first = ranges[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : whole(text, first - BEFORE);
  const end = whole(text, Math.min(text.length, start + LENGTH));
  const pieces: Piece[] = [];
  const add = (from: number, to: number, isMarked: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), isMarked });
  };
  let at = start;
  for (const [from, to] of ranges) {
    if (from >= end) break;
    add(at, from, false);
    add(Math.max(at, from), Math.min(to, end), true);
    at = Math.min(to, end);
  }
  add(at, end, false);
  if (start > 0) pieces.unshift({ text: "…", isMarked: false });
  if (end < text.length) pieces.push({ text: "…", isMarked: false });
  return pieces;
}

/** The place, or the one before it where a character of two units would be cut. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
