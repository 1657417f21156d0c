import {
  type Content,
  type Message,
  type UserId,
  foldText,
  isIdeographic,
  isSpaced,
  searchWords,
} from "@im-webapp/protocol";
import { isFile } from "./file-name.ts";

/**
 * What the index is made of: up to three UTF-16 units of folded text as one number, 16 bits each, so that terms with the
 * same beginning are one range. At each place of a text stands a term: two units where a Chinese character begins it,
 * else three, fewer at the end of a word. A word of letters or digits has one more for its first two.
 */
export type Term = number;

/** The terms from `first` to `last`. */
export interface TermRange {
  readonly first: Term;
  readonly last: Term;
}

const UNIT = 0x1_0000;
const SPACE = /\s/u;

/** First units of terms that say what kind a message is, and whose: control characters, which no text needs. */
const KIND_MARK = 1;
const SENDER_MARK = 2;
/** First unit of terms that begin a word: words of one or two letters are looked for by these, not in the midst of others. */
const BEGINNING = "\u0003";

/** A message with the text that it is found by. */
export interface Document {
  readonly message: Pick<Message, "senderId" | "content">;
  readonly text: string;
}

/** What a question asks for that terms can answer. */
export interface AskedTerms {
  readonly query: string;
  readonly senderId?: UserId | undefined;
  readonly kind?: Content["kind"] | undefined;
  readonly isFile?: boolean;
}

/** Terms looked up for one query: more make it no more exact, for the text itself decides. */
const MAX_RANGES = 6;

/** Buckets of terms with the same first unit, which words without ideographs fill unevenly. */
export const BUCKETS_OF_FIRST = 16;
const FIRST_BUCKETS = 251;

/** Every term of a message, each once. */
export function termsOf({ message: { senderId, content }, text: original }: Document): Set<Term> {
  const terms = new Set<Term>([senderTerm(senderId), kindTerm(content.kind)]);
  if (isFile(content)) terms.add(FILES);
  const text = foldText(original);
  for (let at = 0; at < text.length; at += 1) {
    if (SPACE.test(text.charAt(at))) continue;
    terms.add(pack(gramAt(text, at)));
    if (isSpaced(text, at) && !(at > 0 && isSpaced(text, at - 1))) terms.add(pack(BEGINNING + gramAt(text, at, 2)));
  }
  return terms;
}

/** What a message must have to match a query; the text has to be looked at nevertheless. */
export function rangesOf(query: string): TermRange[] {
  const ranges = searchWords(query).flatMap(rangesOfWord);
  if (ranges.length <= MAX_RANGES) return ranges;
  const step = ranges.length / MAX_RANGES;
  return Array.from({ length: MAX_RANGES }, (_, index) => ranges[Math.floor(index * step)]).filter(
    (range) => range !== undefined,
  );
}

/** What a message must have to answer the question, as far as an index can tell. */
export function questionRanges({ query, senderId, kind, isFile: isOnlyFiles = false }: AskedTerms): TermRange[] {
  return [
    ...rangesOf(query),
    ...(senderId === undefined ? [] : [exactly(senderTerm(senderId))]),
    ...(kind === undefined ? [] : [exactly(kindTerm(kind))]),
    ...(isOnlyFiles ? [exactly(FILES)] : []),
  ];
}

export const exactly = (term: Term): TermRange => ({ first: term, last: term });

function kindTerm(kind: Content["kind"]): Term {
  return KIND_MARK * UNIT * UNIT + hash(kind);
}

export function senderTerm(senderId: UserId): Term {
  return SENDER_MARK * UNIT * UNIT + hash(senderId);
}

/** Where a term is kept: terms of one bucket are read together. */
export function bucketOf(term: Term): number {
  const first = Math.floor(term / (UNIT * UNIT));
  const second = Math.floor(term / UNIT) % UNIT;
  return (first % FIRST_BUCKETS) * BUCKETS_OF_FIRST + (isIdeographic(first) ? 0 : second % BUCKETS_OF_FIRST);
}

/** Every bucket that may hold a term of the range, all of which begin with the same unit. */
export function bucketsOf({ first, last }: TermRange): number[] {
  const [low, high] = [bucketOf(first), bucketOf(last)];
  if (Math.floor(first / UNIT) === Math.floor(last / UNIT) || low === high) return [low];
  const start = low - (low % BUCKETS_OF_FIRST);
  return Array.from({ length: BUCKETS_OF_FIRST }, (_, index) => start + index);
}

function rangesOfWord(word: string): TermRange[] {
  const whole: TermRange[] = [];
  for (let at = 0; at < word.length; at += 1) {
    if (at + gramLength(word, at) <= word.length) whole.push(exactly(pack(word.slice(at, at + gramLength(word, at)))));
  }
  if (whole.length > 0) return whole;
  const beginning = isSpaced(word, 0) ? BEGINNING + word : word;
  const first = pack(beginning);
  return [{ first, last: first + UNIT ** (3 - beginning.length) - 1 }];
}

function gramLength(text: string, at: number): 2 | 3 {
  return isIdeographic(text.charCodeAt(at)) ? 2 : 3;
}

function gramAt(text: string, at: number, length: number = gramLength(text, at)): string {
  const gram = text.slice(at, at + length);
  const space = gram.search(SPACE);
  return space === -1 ? gram : gram.slice(0, space);
}

function pack(gram: string): Term {
  const unit = (at: number) => (at < gram.length ? gram.charCodeAt(at) : 0);
  return (unit(0) * UNIT + unit(1)) * UNIT + unit(2);
}

/** Of every message that is a file to look for, whatever kind of file. */
const FILES: Term = KIND_MARK * UNIT * UNIT + hash("files");

/** FNV-1a, 32 bits. Two names of one hash cost a look at the message, and nothing else. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
