import { z } from "zod";
import { MAX_CUSTOM_BYTES, MAX_TEXT_LENGTH } from "./limits.ts";
import { id, ids, name, printable } from "./scalars.ts";

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

/** Content that an embedding program defines; carried as it is. */
export const customContent = z.object({
  kind: z.literal("custom"),
  type: name(64),
  data: z.json().refine((data) => new TextEncoder().encode(JSON.stringify(data)).length <= MAX_CUSTOM_BYTES, {
    message: `at most ${MAX_CUSTOM_BYTES} bytes of JSON`,
    params: TOO_LARGE_ISSUE,
  }),
});

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
]);

/** What a client may send. */
export const sendableContent = z.discriminatedUnion("kind", [textContent, locationContent, customContent]);

/** What a message may carry. */
export const content = z.union([sendableContent, systemContent]);

export type TextContent = z.infer<typeof textContent>;
export type SystemContent = z.infer<typeof systemContent>;
export type SendableContent = z.infer<typeof sendableContent>;
export type Content = z.infer<typeof content>;
