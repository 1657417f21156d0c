import { ByteReader, ByteWriter } from "./bytes.ts";
import { type Term, type TermRange, bucketOf } from "./grams.ts";

/** Terms after which the encoding lets others have the thread. */
const TERMS_PER_TURN = 8_192;

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

/** The postings by bucket. `turn` is awaited now and then, for others to have the thread. */
export async function encodePostings(
  postings: ReadonlyMap<Term, readonly number[]>,
  turn: () => Promise<void>,
): Promise<Map<number, Buffer>> {
  const writers = new Map<number, PostingsWriter>();
  const terms = Float64Array.from(postings.keys()).toSorted();
  for (const [index, term] of terms.entries()) {
    const bucket = bucketOf(term);
    let writer = writers.get(bucket);
    if (!writer) writers.set(bucket, (writer = new PostingsWriter()));
    writer.add(term, postings.get(term) ?? []);
    if (index % TERMS_PER_TURN === TERMS_PER_TURN - 1) await turn();
  }
  return new Map([...writers].map(([bucket, writer]) => [bucket, writer.bytes()]));
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
    const writer = new PostingsWriter();
    for (const [term, places] of [...postings].toSorted(([a], [b]) => a - b)) writer.add(term, places);
    const bytes = writer.bytes();
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

/** Writes the terms of a bucket, which come ascending, each with its messages ascending. */
class PostingsWriter {
  readonly #writer = new ByteWriter();
  #last: Term = 0;

  add(term: Term, places: readonly number[]): void {
    this.#writer.number(term - this.#last);
    this.#writer.number(places.length);
    this.#last = term;
    let before = 0;
    for (const place of places) {
      this.#writer.number(place - before);
      before = place;
    }
  }

  bytes(): Buffer {
    return this.#writer.bytes();
  }
}
