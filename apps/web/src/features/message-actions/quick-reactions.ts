import { recentEmoji } from "../emoji/recent-emoji.ts";

/** How many are offered without asking for more. */
const QUICK = 6;

/** What people react with most, until there is a habit to go by. */
const USUAL = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const;

/** The six emoji that this person used last, filled up with usual ones. */
export function quickReactions(): readonly string[] {
  return [...new Set([...recentEmoji(), ...USUAL])].slice(0, QUICK);
}
