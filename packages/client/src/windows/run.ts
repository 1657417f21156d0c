import type { Message, Seq } from "@im-webapp/protocol";

/** Messages of one conversation without a hole, ascending by `seq`. */
export interface Run {
  readonly messages: readonly Message[];
  /** Complete up to this `seq`: that of the last message, or what the server's word adds to it. 0: nothing is known. */
  readonly end: Seq;
}

export const EMPTY_RUN: Run = { messages: [], end: 0 };

/** The longest run at the end of ascending messages that may have holes. */
export function contiguousTail(messages: readonly Message[]): readonly Message[] {
  let start = messages.length - 1;
  while (start > 0 && messages[start - 1]?.seq === (messages[start]?.seq ?? 0) - 1) start -= 1;
  return messages.slice(Math.max(start, 0));
}

/** The longest run at the beginning of ascending messages that may have holes, if it follows directly on `end`. */
export function contiguousHead(messages: readonly Message[], end: Seq): readonly Message[] {
  const hole = messages.findIndex(({ seq }, index) => seq !== end + 1 + index);
  return hole === -1 ? messages : messages.slice(0, hole);
}

/**
 * The run with single messages applied: those that continue it are appended, those inside it replace lower versions of
 * themselves. The others, before it or beyond a hole, are left to the cache.
 */
export function applyMessages(run: Run, incoming: readonly Message[]): Run {
  return applied(run, incoming, true);
}

/** The run with those messages that it holds in their higher versions; it grows by none. */
export function updateMessages(run: Run, incoming: readonly Message[]): Run {
  return applied(run, incoming, false);
}

/**
 * The run joined with a page that is without a hole in itself, in the reader's eyes at least: `seq` may jump inside a
 * page of the server where messages in between are not this user's to see. A page that neither overlaps nor touches
 * the run takes its place if it is newer, and is ignored if it is older.
 */
export function joinPage(run: Run, page: readonly Message[], end: Seq = page.at(-1)?.seq ?? 0): Run {
  const first = page[0];
  if (!first) return end > run.end ? { ...run, end } : run;
  const runFirst = run.messages[0]?.seq ?? run.end + 1;
  if (first.seq > run.end + 1) return { messages: page, end };
  if (end < runFirst - 1) return run;
  return merge(run, page, end);
}

/** Whether the page overlaps the run or lies next to it, so that no hole is between them. An empty one is in no way. */
export function touches(run: Run, page: readonly Message[]): boolean {
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return true;
  return first.seq <= run.end + 1 && last.seq >= (run.messages[0]?.seq ?? run.end + 1) - 1;
}

/** The run with a page that the server, or the cache without a hole, gave as what lies directly before it. */
export function prependPage(run: Run, page: readonly Message[]): Run {
  return page.length === 0 ? run : merge(run, page, run.end);
}

/** The run with a page that continues it, complete up to `end`. */
export function appendPage(run: Run, page: readonly Message[], end: Seq = page.at(-1)?.seq ?? run.end): Run {
  return page.length === 0 && end <= run.end ? run : merge(run, page, end);
}

/** The first so many messages of the run. */
export function keepFirst(run: Run, count: number): Run {
  const messages = run.messages.slice(0, count);
  return { messages, end: messages.at(-1)?.seq ?? 0 };
}

/** The last so many messages of the run. */
export function keepLast({ messages, end }: Run, count: number): Run {
  return { messages: messages.slice(-count), end };
}

/** Whether the message is in the run. */
export function holds({ messages }: Run, seq: Seq): boolean {
  return messages[placeOf(messages, seq)]?.seq === seq;
}

function merge(run: Run, page: readonly Message[], end: Seq): Run {
  const bySeq = new Map(page.map((message) => [message.seq, message]));
  for (const held of run.messages) {
    const given = bySeq.get(held.seq);
    // Of equal versions the held one stays, so that what is on screen keeps its identity.
    if (!given || held.version >= given.version) bySeq.set(held.seq, held);
  }
  return { messages: [...bySeq.values()].toSorted((a, b) => a.seq - b.seq), end: Math.max(run.end, end) };
}

function applied(run: Run, incoming: readonly Message[], grows: boolean): Run {
  // Copied once, however many messages come.
  let messages: Message[] | undefined;
  let { end } = run;
  for (const message of incoming.toSorted((a, b) => a.seq - b.seq)) {
    if (grows && message.seq === end + 1) {
      messages ??= [...run.messages];
      messages.push(message);
      end = message.seq;
      continue;
    }
    const place = placeOf(messages ?? run.messages, message.seq);
    const held = (messages ?? run.messages)[place];
    if (held?.seq !== message.seq || message.version <= held.version) continue;
    messages ??= [...run.messages];
    messages[place] = message;
  }
  return messages ? { messages, end } : run;
}

/** The index of the first of ascending messages that is not below `seq`. */
function placeOf(messages: readonly Message[], seq: Seq): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.seq ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
