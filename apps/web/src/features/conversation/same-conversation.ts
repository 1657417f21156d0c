import type { ConversationView } from "@im-webapp/client";

/** What changes with every letter that is typed, and is nothing to those who show the messages. */
const OF_THE_COMPOSER: ReadonlySet<string> = new Set(["draft", "activeAt"]);

/** Whether two views of a conversation are the same but for what is being written in it. */
export function isSameButDraft(a: ConversationView | undefined, b: ConversationView | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof ConversationView)[]);
  return [...keys].every((key) => OF_THE_COMPOSER.has(key) || a[key] === b[key]);
}
