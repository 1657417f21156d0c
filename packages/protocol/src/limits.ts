/** Longest text of a message, in UTF-16 units. Beyond it: `TOO_LARGE`. About four printed pages. */
export const MAX_TEXT_LENGTH = 8_000;

/** Longest draft that follows its writer to other devices, in UTF-16 units: as long as a message. Beyond it: `BAD_REQUEST`. */
export const MAX_DRAFT_LENGTH = 8_000;

/** Largest `custom` content, in bytes of its JSON. */
export const MAX_CUSTOM_BYTES = 16 * 1024;

/** Deepest nesting of `custom` data. */
export const MAX_CUSTOM_DEPTH = 16;

/** Most messages that are handed on together. */
export const MAX_FORWARD_ITEMS = 100;

/** How many times messages that were handed on together may lie within each other. */
export const MAX_FORWARD_DEPTH = 3;

/** Largest `forward` content as it is carried, in bytes of its JSON: a hundred messages of a few lines. */
export const MAX_FORWARD_BYTES = 128 * 1024;

/** Most messages that are pinned in one conversation. */
export const MAX_PINS = 50;

/** Most messages that one user may have starred. */
export const MAX_STARS = 5_000;

/** Largest packet that a socket takes, in bytes; a larger one closes its connection. */
export const MAX_PACKET_BYTES = 1024 * 1024;

/** Items of one page when the caller names no `limit`. */
export const DEFAULT_PAGE_SIZE = 50;

/** Most items that a caller may ask of one page; a larger `limit` is `BAD_REQUEST`. */
export const MAX_PAGE_SIZE = 500;

/** A page ends early at about this many bytes of JSON (but never empty), so that no answer stalls a phone. */
export const MAX_PAGE_BYTES = 512 * 1024;

/** Groups up to this size write a `receipt` entry to each member when somebody reads. */
export const RECEIPT_MEMBERS = 50;

/** How long a `typing` event holds without another one, in milliseconds. Whoever goes on writing says so every half of it. */
export const TYPING_EXPIRES_MS = 6_000;

/** Most user ids that one call may name (lookups, invitations, mentions). */
export const MAX_IDS_PER_CALL = 500;

/** Longest time between two signs of life before a client pulls without being asked, in milliseconds. */
export const PULL_INTERVAL_MS = 60_000;

/** Longest greeting of an application, in UTF-16 units. */
export const MAX_GREETING_LENGTH = 200;

/** How long a client waits for a hole in its pushes to close by itself before it pulls, in milliseconds. */
export const PUSH_GAP_MS = 100;

/** Most uses that an invitation link can be bounded to; one that should take more has no bound at all. */
export const MAX_INVITATION_USES = 100_000;

/** Largest image that a portrait is made of, in bytes: a photo. Beyond it: `TOO_LARGE`. */
export const MAX_PORTRAIT_BYTES = 5 * 1024 * 1024;

/** Most pixels of such an image: 4096 × 4096, which takes 64 MiB to read. Beyond it: `TOO_LARGE`. */
export const MAX_PORTRAIT_PIXELS = 4_096 * 4_096;

/** Width and height of a portrait in pixels: twice the largest that is shown. */
export const PORTRAIT_SIZE = 256;

/** Longest description that a person gives of themself, in UTF-16 units. */
export const MAX_DESCRIPTION_LENGTH = 200;

/**
 * How long a sender may take a message back unless the server says otherwise in its `limits`, in milliseconds: what users
 * of WeChat are used to.
 */
export const RECALL_WITHIN_MS = 2 * 60 * 1000;

/** Most unread mentions of one conversation that are told one by one. */
export const MAX_MENTION_SEQS = 50;

/** Longest voice message, in milliseconds. */
export const MAX_VOICE_DURATION_MS = 10 * 60 * 1000;

/** Longest video that can be stated, in milliseconds: a day. */
export const MAX_VIDEO_DURATION_MS = 24 * 60 * 60 * 1000;

/** Most values of a voice message's waveform. */
export const MAX_WAVEFORM_BARS = 128;

/** Longest name of a file, in UTF-16 units; what is longer is cut, its extension kept. */
export const MAX_FILE_NAME_LENGTH = 200;
