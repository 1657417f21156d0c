import type { ConversationId, EpochMs, Seq } from "@im-webapp/protocol";

/** Where a message stands among all: by time, those of one millisecond by conversation and sequence. */
export type Place = readonly [at: EpochMs, conversationId: ConversationId, seq: Seq];

/** Ascending; equal places are one. */
export function byPlace(a: Place, b: Place): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return a[2] - b[2];
}
