import { z } from "zod";
import { message } from "./message.ts";
import { epochMs, id, limit, seq } from "./scalars.ts";

/**
 * `history:pull`: messages of a conversation, ascending by `seq`. At most one of `before`, `after` (both exclude that
 * message) and `around` (includes it); none asks for the newest.
 */
export const historyRequest = z
  .object({
    conversationId: id,
    before: seq.optional(),
    after: seq.optional(),
    around: seq.optional(),
    limit,
  })
  .refine(
    ({ before, after, around }) => [before, after, around].filter((place) => place !== undefined).length <= 1,
    "at most one of before, after and around",
  );
export type HistoryRequest = z.input<typeof historyRequest>;

/** `history:find`: the place of a day in a conversation. */
export const findRequest = z.object({ conversationId: id, at: epochMs });
export type FindRequest = z.infer<typeof findRequest>;

export const findResponse = z.object({
  /** The first message that the caller may see and that was sent then or later; absent where there is none. */
  seq: seq.min(1).optional(),
});
export type FindResponse = z.infer<typeof findResponse>;

export const historyResponse = z.object({
  messages: z.array(message),
  /** Whether the caller may see messages before the first and after the last one given. */
  more: z.object({ before: z.boolean(), after: z.boolean() }),
});
export type HistoryResponse = z.infer<typeof historyResponse>;
