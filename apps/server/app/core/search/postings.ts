import { ByteReader, ByteWriter } from "./bytes.ts";
import { type Term, type TermRange, bucketOf } from "./grams.ts";
import type { Pace } from "./pace.ts";

/** What a message is found by now, by its number in a segment; nothing for one that was recalled. */
export type TermsByPlace = ReadonlyMap<number, ReadonlySet<Term>>;

/** Raises from `step` to `step + 1` the mark of each message that has a term of the range. */
export function markPostings(postings: Buffer, { first, last }: TermRange, marks: Uint8Array, step: number): void {
  const reader = new ByteReader(postings);
  for (let term = 0; !reader.isAtEnd;) {
    term += reader.number();
    const count = reader.number();
    if (term > last) return;
    if (term < first) {
      reader.skip(count);
      continue;
    }
    for (let i = 0, place = 0; i < count; i += 1) {
      place += reader.number();
      if (marks[place] === step) marks[place] = step + 1;
    }
  }
}

/** Gathers the terms of messages by bucket: no part is so large that growing or sorting it takes long. */
export class PostingsBuilder {
  readonly #buckets = new Map<number, Map<Term, number[]>>();

  /** Places come ascending. */
  add(term: Term, place: number): void {
    const bucket = bucketOf(term);
    let terms = this.#buckets.get(bucket);
    if (!terms) this.#buckets.set(bucket, (terms = new Map<Term, number[]>()));
    const places = terms.get(term);
    if (places) places.push(place);
    else terms.set(term, [place]);
  }

  /** The postings by bucket, as `markPostings` reads them. */
  async encode(pace: Pace): Promise<Map<number, Buffer>> {
    const encoded = new Map<number, Buffer>();
    for (const [bucket, terms] of this.#buckets) {
      encoded.set(bucket, encodeBucket(terms));
      if (pace.isOver) await pace.rest();
    }
    return encoded;
  }
}

/**
 * The buckets that have to be written anew for messages of a segment to be found by what they say now and by nothing
 * that they said before; an empty one has no terms left.
 */
export function rewritePostings(buckets: ReadonlyMap<number, Buffer>, now: TermsByPlace): Map<number, Buffer> {
  const added = new Map<number, Map<Term, number[]>>();
  for (const [place, terms] of now) {
    for (const term of terms) {
      const bucket = bucketOf(term);
      const ofBucket = added.get(bucket) ?? new Map<Term, number[]>();
      added.set(bucket, ofBucket.set(term, [...(ofBucket.get(term) ?? []), place]));
    }
  }
  const changed = new Map<number, Buffer>();
  for (const bucket of new Set([...buckets.keys(), ...added.keys()])) {
    const before = buckets.get(bucket);
    const postings = decodePostings(before, (place) => !now.has(place));
    for (const [term, places] of added.get(bucket) ?? []) {
      postings.set(
        term,
        [...(postings.get(term) ?? []), ...places].toSorted((a, b) => a - b),
      );
    }
    const bytes = encodeBucket(postings);
    if (!before?.equals(bytes)) changed.set(bucket, bytes);
  }
  return changed;
}

/** The terms that are left with the places that are kept. */
function decodePostings(bytes: Buffer | undefined, isKept: (place: number) => boolean): Map<Term, number[]> {
  const postings = new Map<Term, number[]>();
  if (!bytes) return postings;
  const reader = new ByteReader(bytes);
  for (let term = 0; !reader.isAtEnd;) {
    term += reader.number();
    const places: number[] = [];
    for (let left = reader.number(), place = 0; left > 0; left -= 1) {
      place += reader.number();
      if (isKept(place)) places.push(place);
    }
    if (places.length > 0) postings.set(term, places);
  }
  return postings;
}

/** The terms of a bucket ascending, each with its messages, which are ascending. */
function encodeBucket(postings: ReadonlyMap<Term, readonly number[]>): Buffer {
  const writer = new ByteWriter();
  let last: Term = 0;
  for (const [term, places] of [...postings].toSorted(([a], [b]) => a - b)) {
    writer.number(term - last);
    writer.number(places.length);
    last = term;
    let before = 0;
    for (const place of places) {
      writer.number(place - before);
      before = place;
    }
  }
  return writer.bytes();
}
