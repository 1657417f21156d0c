import type { Seq } from "@im-webapp/protocol";

/**
 * How much of a conversation this device holds, apart from how much it knows to exist (the conversation's own `lastSeq`
 * and `changeSeq`). What the timeline leaves out, because the conversation is or was large, is read from the
 * conversation itself, from these positions on.
 *
 * Two things are always true. What is cached of the messages up to `lastSeq` shows every change up to `changeSeq`, and
 * what is not cached of them was left out knowingly: a window that needs it asks for it. And no change up to `changeSeq`
 * concerns a message beyond `lastSeq`, so that a message which comes late never lacks a change that counts as held.
 */
export interface Held {
  /** The last message up to which none is missing. */
  readonly lastSeq: Seq;
  /** The last change up to which none is missing. */
  readonly changeSeq: Seq;
  /**
   * Whether changes after `changeSeq` may be missing from the timeline: the conversation is, or has been, large, or was
   * left. They are then read from the conversation.
   */
  readonly large: boolean;
}

/** What a conversation is known to have, as far as it matters here. */
export interface Known {
  readonly lastSeq: Seq;
  readonly changeSeq: Seq;
}

/**
 * What is held of a conversation whose changes come by the timeline: with its messages complete, its changes are too,
 * for every large spell begins with a message that no timeline has. Kept up so that a later spell is read from its
 * beginning and not from that of the conversation.
 */
export function settledHeld(held: Held, known: Known): Held {
  if (held.large || held.lastSeq < known.lastSeq || held.changeSeq >= known.changeSeq) return held;
  return { ...held, changeSeq: known.changeSeq };
}

/**
 * Of two accounts of what the same cache holds, by two tabs, the further one. Where neither is, messages count as far as
 * either has stored them, and changes only as far as both have: applying one again costs nothing.
 */
export function furtherHeld(a: Held, b: Held): Held {
  if (a.lastSeq >= b.lastSeq && a.changeSeq >= b.changeSeq) return a;
  if (b.lastSeq >= a.lastSeq && b.changeSeq >= a.changeSeq) return b;
  return {
    lastSeq: Math.max(a.lastSeq, b.lastSeq),
    changeSeq: Math.min(a.changeSeq, b.changeSeq),
    large: a.large || b.large,
  };
}
