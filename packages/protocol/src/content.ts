import { z } from "zod";
import { JOIN_POLICIES, WHO_MAY_ADD } from "./constants.ts";
import { MAX_CUSTOM_BYTES, MAX_CUSTOM_DEPTH, MAX_FORWARD_ITEMS, MAX_TEXT_LENGTH } from "./limits.ts";
import {
  fileContent,
  fileRequest,
  imageContent,
  imageRequest,
  videoContent,
  videoRequest,
  voiceContent,
  voiceRequest,
} from "./media-content.ts";
import { epochMs, id, ids, name, printable, seq } from "./scalars.ts";

/** Marks an issue that answers `TOO_LARGE` rather than `BAD_REQUEST`. */
export const TOO_LARGE_ISSUE = { code: "TOO_LARGE" } as const;

export const textContent = z.object({
  kind: z.literal("text"),
  text: printable.min(1).refine((text) => text.length <= MAX_TEXT_LENGTH, {
    message: `at most ${MAX_TEXT_LENGTH} characters`,
    params: TOO_LARGE_ISSUE,
  }),
});

export const locationContent = z.object({
  kind: z.literal("location"),
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  name: name(200).optional(),
});

/**
 * JSON that every database keeps unchanged: nested at most `MAX_CUSTOM_DEPTH` deep (MariaDB takes no more than 32 levels)
 * and of well-formed text (MySQL refuses lone surrogates). Walked without recursion, before anything that recurses.
 */
const storableJson = z
  .unknown()
  .refine(isStorable, `well-formed text, nested at most ${MAX_CUSTOM_DEPTH} deep`)
  .pipe(z.json());

function isStorable(data: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value: data, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === "string" && !value.isWellFormed()) return false;
    if (typeof value !== "object" || value === null) continue;
    if (depth >= MAX_CUSTOM_DEPTH) return false;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.isWellFormed()) return false;
      open.push({ value: inner, depth: depth + 1 });
    }
  }
  return true;
}

/** Content that an embedding program defines; carried as it is. */
export const customContent = z.object({
  kind: z.literal("custom"),
  type: name(64),
  data: storableJson.refine((data) => new TextEncoder().encode(JSON.stringify(data)).length <= MAX_CUSTOM_BYTES, {
    message: `at most ${MAX_CUSTOM_BYTES} bytes of JSON`,
    params: TOO_LARGE_ISSUE,
  }),
});

/** What a group's admins want everybody in it to know. */
export const announcement = z.object({ text: z.string(), by: id, at: epochMs });
export type Announcement = z.infer<typeof announcement>;

/** What was changed of a group, in its new state; null: it has none any more. */
export const groupChange = z.object({
  name: z.string().optional(),
  avatar: z.string().nullable().optional(),
  description: z.string().optional(),
  announcement: announcement.nullable().optional(),
  joinPolicy: z.enum(JOIN_POLICIES).optional(),
  whoMayAdd: z.enum(WHO_MAY_ADD).optional(),
  historyVisible: z.boolean().optional(),
  mutedAll: z.boolean().optional(),
});
export type GroupChange = z.infer<typeof groupChange>;

const card = { kind: z.literal("card"), userId: id.optional(), groupId: id.optional() };
const namesOne = ({ userId, groupId }: { userId?: string | undefined; groupId?: string | undefined }) =>
  (userId === undefined) !== (groupId === undefined);
const ONE_OF_TWO = "either userId or groupId";

/** Hands a person or a group on. A group's card is sent only by its members. */
export const cardRequest = z.object(card).refine(namesOne, ONE_OF_TWO);

/** A card as it is carried: with the name at the time of sending, which the server fills in. */
export const cardContent = z.object({ ...card, name: z.string() }).refine(namesOne, ONE_OF_TWO);

/**
 * Messages of one conversation handed on together, in the order named. The sender says where they are, and the server
 * copies what they say, so that nobody can forge the words of others. A single one that is itself a `forward` is carried
 * on as it is.
 */
export const forwardRequest = z.object({
  kind: z.literal("forward"),
  conversationId: id,
  seqs: z
    .array(seq.min(1))
    .min(1)
    .max(MAX_FORWARD_ITEMS)
    .refine((seqs) => new Set(seqs).size === seqs.length, "each message once"),
});

/** What may be said in a message that is handed on, but for a `forward` within it. */
const plainContent = z.discriminatedUnion("kind", [
  textContent,
  imageContent,
  fileContent,
  voiceContent,
  videoContent,
  locationContent,
  cardContent,
  customContent,
]);

/** A copy of a message: it stays as it was, whatever becomes of the original. */
const forwardOf = <C extends z.ZodType>(carried: C) =>
  z.object({
    kind: z.literal("forward"),
    items: z.array(z.object({ senderId: id, senderName: z.string(), sentAt: epochMs, content: carried })),
  });

/** Messages handed on, as they are carried; at most `MAX_FORWARD_DEPTH` within each other, which is spelled out here. */
export const forwardContent = forwardOf(
  z.union([plainContent, forwardOf(z.union([plainContent, forwardOf(plainContent)]))]),
);

/** What happened in a group, told by the server. `by` is the user who did it. */
export const systemContent = z.discriminatedUnion("event", [
  z.object({
    kind: z.literal("system"),
    event: z.literal("group.created"),
    by: id,
    userIds: ids,
    name: z.string(),
  }),
  z.object({ kind: z.literal("system"), event: z.literal("member.added"), by: id, userIds: ids }),
  z.object({ kind: z.literal("system"), event: z.literal("member.removed"), by: id, userIds: ids }),
  z.object({ kind: z.literal("system"), event: z.literal("member.left"), by: id }),
  /** Somebody came in by themself, or by the invitation of `inviterId`. */
  z.object({ kind: z.literal("system"), event: z.literal("member.joined"), by: id, inviterId: id.optional() }),
  z.object({ kind: z.literal("system"), event: z.literal("group.changed"), by: id, changed: groupChange }),
  z.object({ kind: z.literal("system"), event: z.literal("group.transferred"), by: id, userId: id }),
  z.object({ kind: z.literal("system"), event: z.literal("group.dissolved"), by: id }),
  z.object({
    kind: z.literal("system"),
    event: z.literal("member.role"),
    by: id,
    userId: id,
    role: z.union([z.literal(0), z.literal(1)]),
  }),
  /** `until` is absent when the muting was ended. */
  z.object({
    kind: z.literal("system"),
    event: z.literal("member.muted"),
    by: id,
    userId: id,
    until: epochMs.optional(),
  }),
  /** What a recalled message carries instead of what it said. */
  z.object({ kind: z.literal("system"), event: z.literal("message.recalled"), by: id }),
  /** What one's own copy of a message says that one has deleted for oneself. */
  z.object({ kind: z.literal("system"), event: z.literal("message.deleted") }),
  /** `pins` are those of the conversation after it, in the order in which they were pinned. */
  z.object({ kind: z.literal("system"), event: z.literal("message.pinned"), by: id, seq, pins: z.array(seq) }),
  z.object({ kind: z.literal("system"), event: z.literal("message.unpinned"), by: id, seq, pins: z.array(seq) }),
]);

/** What a client may send. */
export const sendableContent = z.discriminatedUnion("kind", [
  textContent,
  imageRequest,
  fileRequest,
  voiceRequest,
  videoRequest,
  locationContent,
  cardRequest,
  forwardRequest,
  customContent,
]);

/** What the server's own notices may say. */
export const noticeContent = z.discriminatedUnion("kind", [textContent, locationContent, customContent]);

/** What a message may carry. */
export const content = z.union([plainContent, forwardContent, systemContent]);

export type TextContent = z.infer<typeof textContent>;
export type CardContent = z.infer<typeof cardContent>;
export type CardRequest = z.infer<typeof cardRequest>;
export type LocationContent = z.infer<typeof locationContent>;
export type ForwardRequest = z.infer<typeof forwardRequest>;
export type ForwardContent = z.infer<typeof forwardContent>;
export type NoticeContent = z.infer<typeof noticeContent>;
export type SystemContent = z.infer<typeof systemContent>;
export type SendableContent = z.infer<typeof sendableContent>;
export type Content = z.infer<typeof content>;
