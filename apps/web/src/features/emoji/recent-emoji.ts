import { readSetting, writeSetting } from "../../lib/settings-storage.ts";

const KEY = "im.recentEmoji";

/** Three rows of the panel. */
const MOST_RECENT = 24;

/** Longest emoji that the protocol takes, in UTF-16 units. */
const MAX_EMOJI = 32;

/** What was chosen last on this device, newest first. */
export function recentEmoji(): string[] {
  return (readSetting(KEY) ?? "")
    .split(" ")
    .filter((emoji) => emoji !== "" && emoji.length <= MAX_EMOJI)
    .slice(0, MOST_RECENT);
}

/** Puts an emoji at the front of the recent ones. */
export function rememberEmoji(emoji: string): void {
  writeSetting(KEY, [emoji, ...recentEmoji().filter((other) => other !== emoji)].slice(0, MOST_RECENT).join(" "));
}
