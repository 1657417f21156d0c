import { z } from "zod";
import { message } from "./message.ts";
import { epochMs, id, pageToken, printable, queryLimit } from "./scalars.ts";

/** Longest query, in UTF-16 units. */
export const MAX_QUERY_LENGTH = 200;

/** Kinds of content that a search can ask for. */
export const SEARCH_KINDS = [
  "text",
  "image",
  "file",
  "voice",
  "video",
  "location",
  "card",
  "forward",
  "custom",
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/**
 * `GET /api/v1/search/messages`. Every word of the query must be in the message. Words of Latin and other letters that are
 * written with spaces are found by their beginnings, Chinese anywhere; case and width make no difference.
 */
export const searchMessagesRequest = z
  .object({
    query: printable.max(MAX_QUERY_LENGTH).default(""),
    conversationId: id.optional(),
    senderId: id.optional(),
    kind: z.enum(SEARCH_KINDS).optional(),
    /** Sent at this time or later. */
    from: z.coerce.number().pipe(epochMs).optional(),
    /** Sent before this time. */
    to: z.coerce.number().pipe(epochMs).optional(),
    limit: queryLimit,
    page: pageToken.optional(),
  })
  .refine(
    ({ query, conversationId, senderId, kind }) =>
      query.trim() !== "" || conversationId !== undefined || senderId !== undefined || kind !== undefined,
    "a query, a conversation, a sender or a kind",
  );
export type SearchMessagesRequest = z.infer<typeof searchMessagesRequest>;

/** A message that was found, and where the words are in its searchable text. */
export const searchHit = z.object({ message, ranges: z.array(z.tuple([z.int().min(0), z.int().min(0)])) });
export type SearchHit = z.infer<typeof searchHit>;

export const searchMessagesResponse = z.object({
  /** The newest first. A page can be short, even empty, and yet have more behind it. */
  hits: z.array(searchHit),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type SearchMessagesResponse = z.infer<typeof searchMessagesResponse>;

/** Kinds of content that are files to look for: those that people have chosen to send. */
export const FILE_KINDS = ["file", "image", "video"] as const;
export type FileSearchKind = (typeof FILE_KINDS)[number];

/**
 * `GET /api/v1/search/files`: files that were sent, by their names, as messages are found by their words. Without a query
 * all of them.
 */
export const searchFilesRequest = z.object({
  query: printable.max(MAX_QUERY_LENGTH).default(""),
  conversationId: id.optional(),
  senderId: id.optional(),
  kind: z.enum(FILE_KINDS).optional(),
  /** Sent at this time or later. */
  from: z.coerce.number().pipe(epochMs).optional(),
  /** Sent before this time. */
  to: z.coerce.number().pipe(epochMs).optional(),
  limit: queryLimit,
  page: pageToken.optional(),
});
export type SearchFilesRequest = z.infer<typeof searchFilesRequest>;

/** A message that is a file, what is known of the file, and where the words are in its name. */
export const fileHit = z.object({
  message,
  file: z.object({
    fileId: id,
    name: z.string().optional(),
    /** bytes */
    size: z.int().min(0),
    mime: z.string().optional(),
  }),
  ranges: z.array(z.tuple([z.int().min(0), z.int().min(0)])),
});
export type FileHit = z.infer<typeof fileHit>;

export const searchFilesResponse = z.object({
  /** The newest first. A page can be short, even empty, and yet have more behind it. */
  hits: z.array(fileHit),
  more: z.boolean(),
  page: pageToken.optional(),
});
export type SearchFilesResponse = z.infer<typeof searchFilesResponse>;
