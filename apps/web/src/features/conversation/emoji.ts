import { readSetting, writeSetting } from "../../lib/settings-storage.ts";

/** A small, friendly choice, in rows of eight. */
export const EMOJI: readonly string[] = [
  ..."😀 😄 😁 😆 😅 🤣 😂 🙂".split(" "),
  ..."😊 😇 🥰 😍 😘 😋 😜 🤪".split(" "),
  ..."🤗 🤔 🤫 😐 🙄 😏 😬 😌".split(" "),
  ..."😴 😎 🥳 😕 😮 🥺 😢 😭".split(" "),
  ..."😤 😡 🤯 😱 🤒 🤝 👍 👎".split(" "),
  ..."👌 ✌️ 🤞 👏 🙌 🙏 💪 👋".split(" "),
  ..."❤️ 💔 💯 🔥 ✨ 🎉 🎂 🌹".split(" "),
  ..."☀️ 🌙 ☕ 🍻 🍜 🐶 🐱 🚀".split(" "),
];

const KEY = "im.recentEmoji";

/** A row of the panel. */
const MOST_RECENT = 8;

/** What was chosen last on this device, newest first. */
export function recentEmoji(): string[] {
  return (readSetting(KEY) ?? "")
    .split(" ")
    .filter((emoji) => EMOJI.includes(emoji))
    .slice(0, MOST_RECENT);
}

/** Puts an emoji at the front of the recent ones. */
export function rememberEmoji(emoji: string): void {
  writeSetting(KEY, [emoji, ...recentEmoji().filter((other) => other !== emoji)].slice(0, MOST_RECENT).join(" "));
}
