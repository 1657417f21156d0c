import { z } from "zod";
import { MAX_DRAFT_LENGTH } from "./limits.ts";
import { epochMs, id, printable } from "./scalars.ts";

/**
 * How a member hears of a conversation. 0: counted and told of. 1, silent: counted apart (a grey dot), and no
 * notification. −1, blocked: its messages arrive, but are not counted and do not lift the conversation.
 */
export const notifyLevel = z.union([z.literal(-1), z.literal(0), z.literal(1)]);
export type NotifyLevel = z.infer<typeof notifyLevel>;

/** `conversation:set`: one's own view of a conversation, on all of one's devices. What is left out stays as it is. */
export const setConversationRequest = z
  .object({
    conversationId: id,
    /** Stands above those that are not. */
    pinned: z.boolean().optional(),
    notify: notifyLevel.optional(),
    /** Out of the list until the next message comes. */
    hidden: z.boolean().optional(),
    /** Shown as unread, whatever has been read, until one reads or sends again. */
    markedUnread: z.boolean().optional(),
  })
  .refine(
    ({ pinned, notify, hidden, markedUnread }) =>
      [pinned, notify, hidden, markedUnread].some((setting) => setting !== undefined),
    "at least one setting",
  );
export type SetConversationRequest = z.infer<typeof setConversationRequest>;

/** The settings as they are afterwards. */
export const setConversationResponse = z.object({
  pinned: z.boolean(),
  notify: notifyLevel,
  /** Whether `notify` is not 0. */
  muted: z.boolean(),
  hidden: z.boolean(),
  markedUnread: z.boolean(),
  /** Of the conversation's `settingsVersion`; as before when nothing changed. */
  version: z.int().min(0),
});
export type SetConversationResponse = z.infer<typeof setConversationResponse>;

/**
 * `draft:set`: what stands in the composer, empty for nothing. It replaces the stored draft when the writer had seen that
 * one (`base`), or else when it was typed later; so an older text never takes the place of a newer one.
 */
export const setDraftRequest = z.object({
  conversationId: id,
  text: printable.max(MAX_DRAFT_LENGTH),
  /** When the last key was struck, by the device's clock; the server takes a time to come for its own present. */
  at: epochMs.min(0),
  /** The `draftAt` of the newest draft that the device knew when that key was struck; 0 for none. */
  base: epochMs.min(0).default(0),
});
export type SetDraftRequest = z.input<typeof setDraftRequest>;

/** The draft that is stored afterwards: the one that was sent, unless a newer one is there. */
export const setDraftResponse = z.object({
  text: z.string(),
  /** The conversation's `draftAt`. */
  at: epochMs,
});
export type SetDraftResponse = z.infer<typeof setDraftResponse>;
