import { z } from "zod";
import { epochMs, id, seq } from "./scalars.ts";

/** Bounds that the server enforces; a client shows them before it sends. */
export const limits = z.object({
  /** UTF-16 units */
  maxTextLength: z.int(),
  /** items of one page */
  maxBatch: z.int(),
  /** bytes; a larger packet closes its connection */
  maxPacketBytes: z.int(),
  /** groups up to this size tell each member who read */
  receiptMembers: z.int(),
  /** how long a sender may take a message back, in milliseconds; a server that leaves it out means `RECALL_WITHIN_MS` */
  recallWithinMs: z.int().min(0).optional(),
  /** bytes of one file; left out by a server that says it only when it refuses one */
  maxFileBytes: z.int().min(0).optional(),
});
export type Limits = z.infer<typeof limits>;

/** `session:ready`: the first thing that a connected socket hears. */
export const readyEvent = z.object({
  userId: id,
  deviceId: id,
  serverTime: epochMs,
  /** Names the life of this database. Sequences of different epochs cannot be compared. */
  epoch: z.string(),
  /** The newest `seq` of this user's timeline. */
  head: seq,
  protocol: z.int(),
  limits,
});
export type ReadyEvent = z.infer<typeof readyEvent>;

/** `session:revoked`: the server closes the socket after it; signing in again is the only way back. */
export const revokedEvent = z.object({ reason: z.enum(["logout", "replaced", "revoked"]) });
export type RevokedEvent = z.infer<typeof revokedEvent>;

/** `server:drain`: this node stops; connect again (to any node) after the given time. */
export const drainEvent = z.object({ reconnectInMs: z.int().min(0) });
export type DrainEvent = z.infer<typeof drainEvent>;
