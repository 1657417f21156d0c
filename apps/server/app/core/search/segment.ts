import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { type Term, type TermRange, bucketOf, termsOf } from "./grams.ts";

/** Consecutive messages of one conversation. A segment numbers the messages of its runs from 0, one after the other. */
export interface Run {
  readonly conversationId: ConversationId;
  readonly firstSeq: Seq;
  readonly count: number;
  /** When the first and the last of them were sent. */
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
}

/** An immutable part of the index: some thousands of messages, and for each term which of them have it. */
export interface Segment {
  readonly runs: readonly Run[];
  /** How many messages. */
  readonly size: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  /** Postings by bucket, as `markPostings` reads them. */
  readonly buckets: ReadonlyMap<number, Buffer>;
}

/** Messages after which a build lets others have the thread. */
const MESSAGES_PER_TURN = 128;
const TERMS_PER_TURN = 8_192;

/** Builds the segment of these messages, in turns of some milliseconds; those of one conversation stand together. */
export async function buildSegment(messages: readonly Message[]): Promise<Segment> {
  const postings = new Map<Term, number[]>();
  for (const [place, { senderId, content }] of messages.entries()) {
    for (const term of termsOf(senderId, content)) {
      const places = postings.get(term);
      if (places) places.push(place);
      else postings.set(term, [place]);
    }
    if (place % MESSAGES_PER_TURN === MESSAGES_PER_TURN - 1) await nextTurn();
  }
  const times = messages.map(({ sentAt }) => sentAt);
  return {
    runs: runsOf(messages),
    size: messages.length,
    firstAt: times.reduce((a, b) => Math.min(a, b), Infinity),
    lastAt: times.reduce((a, b) => Math.max(a, b), 0),
    buckets: await encodePostings(postings),
  };
}

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

export function encodeRuns(runs: readonly Run[]): Buffer {
  const writer = new ByteWriter();
  for (const { conversationId, firstSeq, count, firstAt, lastAt } of runs) {
    writer.text(conversationId);
    for (const value of [firstSeq, count, firstAt, Math.max(0, lastAt - firstAt)]) writer.number(value);
  }
  return writer.bytes();
}

export function decodeRuns(bytes: Buffer): Run[] {
  const reader = new ByteReader(bytes);
  const runs: Run[] = [];
  while (!reader.isAtEnd) {
    const conversationId = reader.text();
    const [firstSeq, count, firstAt] = [reader.number(), reader.number(), reader.number()];
    runs.push({ conversationId, firstSeq, count, firstAt, lastAt: firstAt + reader.number() });
  }
  return runs;
}

function runsOf(messages: readonly Message[]): Run[] {
  const runs: { -readonly [K in keyof Run]: Run[K] }[] = [];
  for (const { conversationId, seq, sentAt } of messages) {
    const run = runs.at(-1);
    if (run?.conversationId === conversationId && run.firstSeq + run.count === seq) {
      run.count += 1;
      run.lastAt = sentAt;
    } else runs.push({ conversationId, firstSeq: seq, count: 1, firstAt: sentAt, lastAt: sentAt });
  }
  return runs;
}

async function encodePostings(postings: ReadonlyMap<Term, readonly number[]>): Promise<Map<number, Buffer>> {
  const writers = new Map<number, { writer: ByteWriter; last: Term }>();
  const terms = [...postings.keys()].toSorted((a, b) => a - b);
  for (const [index, term] of terms.entries()) {
    const bucket = bucketOf(term);
    const held = writers.get(bucket) ?? { writer: new ByteWriter(), last: 0 };
    writers.set(bucket, held);
    const places = postings.get(term) ?? [];
    held.writer.number(term - held.last);
    held.writer.number(places.length);
    held.last = term;
    let before = 0;
    for (const place of places) {
      held.writer.number(place - before);
      before = place;
    }
    if (index % TERMS_PER_TURN === TERMS_PER_TURN - 1) await nextTurn();
  }
  return new Map([...writers].map(([bucket, { writer }]) => [bucket, writer.bytes()]));
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
