import { z } from "zod";
import { application } from "./application.ts";
import { contact } from "./contact.ts";
import { conversation } from "./conversation.ts";
import { largeGroupState } from "./large-group.ts";
import { message } from "./message.ts";
import { epochMs, id, limit, pageToken, seq } from "./scalars.ts";
import { user } from "./user.ts";

const base = { seq, at: epochMs };

/** One entry of a user's timeline. A client skips a type that it does not know and moves its cursor on. */
export const entry = z.discriminatedUnion("type", [
  /** A message that this user should have: from others, from themself on any device, or from the system. */
  z.object({ ...base, type: z.literal("message"), message }),
  /** A message in its new version: edit, recall, reaction. */
  z.object({ ...base, type: z.literal("message:update"), message }),
  /** This user read, on some device. */
  z.object({
    ...base,
    type: z.literal("read"),
    conversationId: id,
    readSeq: seq,
    unread: z.int().min(0),
  }),
  /** Another member read this far. */
  z.object({ ...base, type: z.literal("receipt"), conversationId: id, userId: id, readSeq: seq }),
  /** A conversation in its new state: created, renamed, pinned, muted, joined, left … */
  z.object({ ...base, type: z.literal("conversation"), conversation }),
  /** How this user keeps another one, or an application that they may see, in its new state: one of the two. */
  z.object({ ...base, type: z.literal("contact"), contact: contact.optional(), application: application.optional() }),
  /** A profile's change. */
  z.object({ ...base, type: z.literal("user"), user }),
]);
export type Entry = z.infer<typeof entry>;
export type EntryType = Entry["type"];

/** `sync:push`: consecutive entries of this user's timeline, ascending. May be lost at any time. */
export const pushEvent = z.object({ entries: z.array(entry) });
export type PushEvent = z.infer<typeof pushEvent>;

/** `sync:pull`: the entries after `cursor`. */
export const pullRequest = z.object({ cursor: seq, limit });
export type PullRequest = z.input<typeof pullRequest>;

export const pullResponse = z.object({
  entries: z.array(entry),
  /** The `seq` of the last entry given, or the caller's own cursor when there was none. */
  cursor: seq,
  /** The newest `seq` of the timeline. */
  head: seq,
  more: z.boolean(),
  /** Large conversations, in the first answer after a connect: they are read from the conversation itself. */
  groups: z.array(largeGroupState).optional(),
});
export type PullResponse = z.infer<typeof pullResponse>;

/** `sync:bootstrap`: the conversation list, when a device has no cursor or an expired one. */
export const bootstrapRequest = z.object({ page: pageToken.optional(), limit });
export type BootstrapRequest = z.input<typeof bootstrapRequest>;

export const bootstrapResponse = z.object({
  /** Taken before the list was read and repeated by every page: what happens meanwhile is replayed by the next pull. */
  cursor: seq,
  conversations: z.array(conversation),
  page: pageToken.optional(),
  more: z.boolean(),
});
export type BootstrapResponse = z.infer<typeof bootstrapResponse>;

/** `sync:ack`: this device has stored everything up to here. */
export const ackRequest = z.object({
  cursor: seq,
  groups: z
    .array(z.object({ conversationId: id, lastSeq: seq, changeSeq: seq }))
    .max(1_000)
    .optional(),
});
export type AckRequest = z.infer<typeof ackRequest>;
