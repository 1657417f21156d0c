import { ImError } from "../errors.ts";
import type { OutgoingRecord } from "../store/local-store.ts";

/**
 * The message with another text; owed to the server if it may have the first.
 *
 * @throws {ImError} `FORBIDDEN` for what is not text
 */
export function edited(record: OutgoingRecord, text: string): OutgoingRecord {
  if (record.content.kind !== "text") throw new ImError({ code: "FORBIDDEN", message: "Only text can be edited" });
  if (record.owes === "recall" || record.content.text === text) return record;
  const content = { kind: "text" as const, text };
  return { ...record, content, ...(record.attempted === true && { owes: "edit" as const }) };
}

/** The message taken back: gone, or owed to the server as a recall if it may have the message. */
export function withdrawn(record: OutgoingRecord): OutgoingRecord | null {
  // What the server has refused it does not have.
  return record.attempted === true && !record.error ? { ...record, owes: "recall" } : null;
}
