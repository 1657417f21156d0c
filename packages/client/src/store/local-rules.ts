import type { Draft, OutgoingRecord } from "./local-store.ts";

/** Whether an outgoing message may leave the store once it is a message: nothing has to follow it. */
export function owesNothing(record: OutgoingRecord | undefined): boolean {
  return record?.owes === undefined;
}

/** What is stored when `draft` replaces `held`: newer than that by any clock. */
export function nextDraft(held: Draft | undefined, draft: Draft): Draft {
  return { ...draft, at: Math.max(draft.at, (held?.at ?? 0) + 1) };
}
