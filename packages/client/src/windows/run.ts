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

/**
 * The run with single messages applied: those that continue it are appended, those inside it replace lower versions of
 * themselves. The others, before it or beyond a hole, are left to the cache.
 */
export function applyMessages(run: Run, incoming: readonly Message[]): Run {
  let { messages, end } = run;
  for (const message of incoming.toSorted((a, b) => a.seq - b.seq)) {
    if (message.seq === end + 1) {
      messages = [...messages, message];
      end = message.seq;
    } else {
      messages = replaceLower(messages, message);
    }
  }
  return messages === run.messages && end === run.end ? run : { messages, end };
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

/** The run with a page that the server, or the cache without a hole, gave as what lies directly before it. */
export function prependPage(run: Run, page: readonly Message[]): Run {
  return page.length === 0 ? run : merge(run, page, run.end);
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

function replaceLower(messages: readonly Message[], message: Message): readonly Message[] {
  const index = messages.findIndex(({ seq }) => seq === message.seq);
  const held = messages[index];
  return held && message.version > held.version ? messages.with(index, message) : messages;
}
