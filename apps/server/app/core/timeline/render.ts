import type { Conversation, ConversationId, UserId } from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { EncodedEntry, StoredEntry } from "./timeline-reader.ts";

/** Completes entries for one user: conversations are read in their present state, in one query. */
export async function renderEntries(
  reader: ConversationReader,
  userId: UserId,
  entries: readonly StoredEntry[],
): Promise<EncodedEntry[]> {
  const ids = new Set<ConversationId>();
  for (const entry of entries) if (!("json" in entry)) ids.add(entry.conversationId);
  const views = ids.size > 0 ? await reader.views(userId, [...ids]) : new Map<ConversationId, Conversation>();
  return entries.map((entry) => {
    if ("json" in entry) return entry;
    const { seq, at } = entry;
    const conversation = views.get(entry.conversationId);
    if (!conversation) throw new Error(`timeline of ${userId}: entry ${seq} has no conversation`);
    return { seq, json: JSON.stringify({ seq, at, type: "conversation", conversation }) };
  });
}

/** The JSON of a list of entries. */
export function listText(entries: readonly EncodedEntry[]): string {
  return `[${entries.map(({ json }) => json).join(",")}]`;
}
