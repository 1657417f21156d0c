import { z } from "zod";
import { DEFAULT_PAGE_SIZE, MAX_IDS_PER_CALL, MAX_PAGE_SIZE } from "./limits.ts";

export type UserId = string;
export type GroupId = string;
export type ConversationId = string;
export type MessageId = string;
export type DeviceId = string;
/** 1, 2, 3 … within a conversation or a timeline; 0 means "before the first". */
export type Seq = number;
/** Milliseconds since the Unix epoch, UTC. */
export type EpochMs = number;

/**
 * An opaque id: 1–64 characters, none of them white space or a control character.
 * The exclusion keeps ids distinct in databases whose comparison ignores trailing blanks.
 */
export const id = z.string().regex(/^[^\s\p{C}]{1,64}$/u, "an id has 1 to 64 visible characters");

/** A list of distinct ids. */
export const ids = z
  .array(id)
  .max(MAX_IDS_PER_CALL)
  .transform((list) => [...new Set(list)]);

/** A sequence number or cursor: an integer from 0 to 2^53−1. */
export const seq = z.int().min(0);

export const epochMs = z.int();

const pageSize = z.int().min(1).max(MAX_PAGE_SIZE);

/** The `limit` of a page. */
export const limit = pageSize.default(DEFAULT_PAGE_SIZE);

/** The same in a query string. */
export const queryLimit = z.coerce.number().pipe(pageSize).default(DEFAULT_PAGE_SIZE);

/** An opaque continuation that an earlier page gave. */
export const pageToken = z.string().min(1).max(512);

/** Text that people read: well-formed UTF-16 and no NUL, which some databases cannot store. */
export const printable = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes("\0"), "not well-formed text");

/** A one-line name of 1 to `max` characters (code points), trimmed, without control characters. */
export const name = (max: number) =>
  printable
    .transform((text) => text.trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .regex(/^[^\p{Cc}]*$/u, "no control characters"),
    );
