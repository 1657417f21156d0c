import { z } from "zod";
import { MAX_CUSTOM_BYTES, MAX_CUSTOM_DEPTH, MAX_TEXT_LENGTH } from "./limits.ts";
import { JOIN_POLICIES, WHO_MAY_ADD } from "./constants.ts";
import { epochMs, id, ids, name, printable } from "./scalars.ts";

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
]);

/** What a client may send. */
export const sendableContent = z.discriminatedUnion("kind", [textContent, locationContent, customContent]);

/** What a message may carry. */
export const content = z.union([sendableContent, systemContent]);

export type TextContent = z.infer<typeof textContent>;
export type SystemContent = z.infer<typeof systemContent>;
export type SendableContent = z.infer<typeof sendableContent>;
export type Content = z.infer<typeof content>;
