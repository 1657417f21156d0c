import type { ConversationId, Mentions, UserId } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";
import { splitMentions } from "../rich-text/split-mentions.ts";

/** Stands for everybody in the group. */
export const EVERYONE = "all";

/** Who can be picked: a member, or `EVERYONE`. */
export type MentionedId = UserId;

/** What everybody is called in any of the languages, so that a reader sees it marked whatever the writer's was. */
export const EVERYONE_NAMES = ["所有人", "everyone"] as const;

/** Names picked from the list, by conversation: a draft outlives its composer. Of each client its own. */
const picked = new WeakMap<Client, Map<ConversationId, Map<string, MentionedId>>>();

function picksOf(client: Client, conversationId: ConversationId): Map<string, MentionedId> {
  const all = picked.get(client) ?? new Map<ConversationId, Map<string, MentionedId>>();
  picked.set(client, all);
  const picks = all.get(conversationId) ?? new Map<string, MentionedId>();
  all.set(conversationId, picks);
  return picks;
}

/** Remembers whom a name in the text means. */
export function rememberPick(client: Client, conversationId: ConversationId, name: string, id: MentionedId): void {
  picksOf(client, conversationId).set(name, id);
}

/** Whom a text names, of those that were picked; undefined for nobody. */
export function mentionsOf(client: Client, conversationId: ConversationId, text: string): Mentions | undefined {
  const picks = picksOf(client, conversationId);
  const named = splitMentions(text, [...picks.keys()]).flatMap((part) =>
    part.isMention ? [picks.get(part.text.slice(1)) ?? ""] : [],
  );
  if (named.includes(EVERYONE)) return EVERYONE;
  const ids = [...new Set(named)].filter((id) => id !== "");
  return ids.length > 0 ? ids : undefined;
}
