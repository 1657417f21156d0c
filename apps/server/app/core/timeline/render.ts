import type { Conversation, ConversationId, Entry, UserId } from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { StoredEntry } from "./timeline-reader.ts";

/** Completes entries for one user: conversations are read in their present state, in one query. */
export async function renderEntries(
  reader: ConversationReader,
  userId: UserId,
  entries: readonly StoredEntry[],
): Promise<Entry[]> {
  const ids = new Set<ConversationId>();
  for (const entry of entries) if (entry.type === "conversation") ids.add(entry.conversationId);
  const views = ids.size > 0 ? await reader.views(userId, [...ids]) : new Map<ConversationId, Conversation>();
  return entries.map((entry) => {
    if (entry.type !== "conversation") return entry;
    const conversation = views.get(entry.conversationId);
    if (!conversation) throw new Error(`timeline of ${userId}: entry ${entry.seq} has no conversation`);
    return { seq: entry.seq, at: entry.at, type: "conversation", conversation };
  });
}
