import { readSetting, writeSetting } from "../lib/settings-storage.ts";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name, for people who cannot read the current one. */
export const LANGUAGE_NAMES: Record<Language, string> = { "zh-CN": "中文", en: "English" };

const KEY = "im.language";

const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

/**
 * The first language of `preferred` (as in `navigator.languages`) that we speak. Someone who asks for others only gets
 * English; where nothing is known, Chinese.
 */
export function matchLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "zh") return "zh-CN";
    if (primary === "en") return "en";
  }
  return preferred.length > 0 ? "en" : "zh-CN";
}

/** What the person chose on this device, otherwise what their browser asks for. */
export function initialLanguage(): Language {
  const stored = readSetting(KEY);
  return isLanguage(stored) ? stored : matchLanguage(navigator.languages);
}

export function rememberLanguage(language: Language): void {
  writeSetting(KEY, language);
}
