import type { ConversationId, EpochMs, Message, Seq } from "@im-webapp/protocol";
import type { Span } from "../timeline/model.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { type Document, termsOf } from "./grams.ts";
import type { Pace } from "./pace.ts";
import { PostingsBuilder } from "./postings.ts";

/** Consecutive messages of one conversation. A segment numbers the messages of its runs from 0, one after the other. */
export interface Run {
  readonly conversationId: ConversationId;
  readonly firstSeq: Seq;
  /** When each of them was sent. */
  readonly times: readonly EpochMs[];
}

/** A part of the index: some thousands of messages, and for each term which of them have it. */
export interface Segment {
  readonly runs: readonly Run[];
  /** How many messages. */
  readonly size: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  /** Postings by bucket, as `markPostings` reads them. */
  readonly buckets: ReadonlyMap<number, Buffer>;
}

/** A message as the index takes it in. */
export interface IndexedMessage extends Document {
  readonly message: Message;
}

/** Builds the segment of these messages; those of one conversation stand together. */
export async function buildSegment(documents: readonly IndexedMessage[], pace: Pace): Promise<Segment> {
  const postings = new PostingsBuilder();
  for (const [place, document] of documents.entries()) {
    for (const term of termsOf(document)) postings.add(term, place);
    if (pace.isOver) await pace.rest();
  }
  const messages = documents.map(({ message }) => message);
  const times = messages.map(({ sentAt }) => sentAt);
  return {
    runs: runsOf(messages),
    size: messages.length,
    firstAt: times.reduce((a, b) => Math.min(a, b), Infinity),
    lastAt: times.reduce((a, b) => Math.max(a, b), 0),
    buckets: await postings.encode(pace),
  };
}

export function encodeRuns(runs: readonly Run[]): Buffer {
  const writer = new ByteWriter();
  for (const { conversationId, firstSeq, times } of runs) {
    const block = new ByteWriter();
    let before = 0;
    for (const at of times) {
      // A clock may go back.
      block.number(at >= before ? (at - before) * 2 : (before - at) * 2 - 1);
      before = at;
    }
    const bytes = block.bytes();
    writer.text(conversationId);
    for (const value of [firstSeq, times.length, bytes.length]) writer.number(value);
    writer.raw(bytes);
  }
  return writer.bytes();
}

export function decodeRuns(bytes: Buffer): Run[] {
  const runs: Run[] = [];
  readRuns(
    bytes,
    () => true,
    (run) => void runs.push(run),
  );
  return runs;
}

/** What of a segment's messages is asked for: those within the spans and sent from `from` to before `to`. */
export interface Asked {
  readonly spansOf: (conversationId: ConversationId) => readonly Span[] | undefined;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** The messages with this mark that are asked for, run by run; runs without any are passed over. */
export function markedMessages(
  runs: Buffer,
  marks: Uint8Array,
  mark: number,
  { spansOf, from, to }: Asked,
): { conversationId: ConversationId; seqs: Seq[]; times: EpochMs[] }[] {
  const found: { conversationId: ConversationId; seqs: Seq[]; times: EpochMs[] }[] = [];
  // One step for each mark, however many runs there are.
  let next = marks.indexOf(mark);
  const isAsked = (conversationId: ConversationId, start: number, count: number) => {
    if (next !== -1 && next < start) next = marks.indexOf(mark, start);
    return next !== -1 && next < start + count && spansOf(conversationId) !== undefined;
  };
  readRuns(runs, isAsked, ({ conversationId, firstSeq, times }, start) => {
    const spans = spansOf(conversationId) ?? [];
    const one = { conversationId, seqs: [] as Seq[], times: [] as EpochMs[] };
    for (const [index, at] of times.entries()) {
      const seq = firstSeq + index;
      if (marks[start + index] !== mark || at < from || at >= to) continue;
      if (!spans.some((span) => seq > span.from && seq <= span.to)) continue;
      one.seqs.push(seq);
      one.times.push(at);
    }
    if (one.seqs.length > 0) found.push(one);
  });
  return found;
}

function readRuns(
  bytes: Buffer,
  isAsked: (conversationId: ConversationId, start: number, count: number) => boolean,
  onRun: (run: Run, start: number) => void,
): void {
  const reader = new ByteReader(bytes);
  for (let start = 0; !reader.isAtEnd;) {
    const conversationId = reader.text();
    const [firstSeq, count, size] = [reader.number(), reader.number(), reader.number()];
    if (isAsked(conversationId, start, count)) {
      const times: EpochMs[] = [];
      for (let index = 0, at = 0; index < count; index += 1) {
        const step = reader.number();
        at += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
        times.push(at);
      }
      onRun({ conversationId, firstSeq, times }, start);
    } else reader.skipBytes(size);
    start += count;
  }
}

function runsOf(messages: readonly Message[]): Run[] {
  const runs: { conversationId: ConversationId; firstSeq: Seq; times: EpochMs[] }[] = [];
  for (const { conversationId, seq, sentAt } of messages) {
    const run = runs.at(-1);
    if (run?.conversationId === conversationId && run.firstSeq + run.times.length === seq) run.times.push(sentAt);
    else runs.push({ conversationId, firstSeq: seq, times: [sentAt] });
  }
  return runs;
}
