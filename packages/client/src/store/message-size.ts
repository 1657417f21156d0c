import type { Message } from "@im-webapp/protocol";

/** What a stored message costs beside its own text: keys, index entries, the row, in bytes. An estimate. */
const ROW_BYTES = 100;

const encoder = new TextEncoder();

/** About how much room a cached message takes, in bytes. The same for equal messages, so that counts can be undone. */
export function sizeOf(message: Message): number {
  return encoder.encode(JSON.stringify(message)).length + ROW_BYTES;
}

/** What a change adds to the counts of a conversation's cache; negative where it takes away. */
export interface CacheDelta {
  messages: number;
  bytes: number;
}

/** The counts after a change; never below nothing. */
export function changedBy(counts: Partial<CacheDelta> | undefined, delta: CacheDelta): CacheDelta {
  return {
    messages: Math.max(0, (counts?.messages ?? 0) + delta.messages),
    bytes: Math.max(0, (counts?.bytes ?? 0) + delta.bytes),
  };
}
