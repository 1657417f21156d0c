import type { CompactEmoji } from "emojibase";

/** The groups of Unicode that people look through; its sixth, of skin tones and hair, is for composing others. */
export const EMOJI_GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;
export type EmojiGroup = (typeof EMOJI_GROUPS)[number];

/** An emoji with what it is called in both languages. */
export interface Emoji {
  readonly unicode: string;
  readonly group: EmojiGroup;
  /** Its name, in Chinese and in English. */
  readonly names: readonly [zh: string, en: string];
  /** All words that find it, in lower case. */
  readonly words: readonly string[];
}

const isGroup = (group: number | undefined): group is EmojiGroup => EMOJI_GROUPS.some((known) => known === group);

/** Joins the two languages' lists by code point, in Unicode's order. Pure. */
function mergeEmoji(zh: readonly CompactEmoji[], en: readonly CompactEmoji[]): readonly Emoji[] {
  const english = new Map(en.map((entry) => [entry.hexcode, entry]));
  return zh
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap(({ unicode, group, label, tags = [], hexcode }) => {
      if (!isGroup(group)) return [];
      const other = english.get(hexcode);
      const words = [label, ...tags, other?.label ?? "", ...(other?.tags ?? [])];
      return [
        {
          unicode,
          group,
          names: [label, other?.label ?? label] as const,
          words: words.map((word) => word.toLowerCase()),
        },
      ];
    });
}

let loading: Promise<readonly Emoji[]> | null = null;

/** All emoji, loaded when they are first needed: their names are larger than the rest of the screen. */
export function loadEmoji(): Promise<readonly Emoji[]> {
  loading ??= Promise.all([import("emojibase-data/zh/compact.json"), import("emojibase-data/en/compact.json")]).then(
    ([zh, en]) => mergeEmoji(zh.default, en.default),
  );
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/** How well words answer a query: 0 for a whole word, 1 for the start of one, 2 for a part, null for not at all. */
function rank(words: readonly string[], query: string): number | null {
  if (words.includes(query)) return 0;
  if (words.some((word) => word.startsWith(query))) return 1;
  return words.some((word) => word.includes(query)) ? 2 : null;
}

/** Those that a word in either language finds, the best first. Pure. */
export function searchEmoji(all: readonly Emoji[], query: string): readonly Emoji[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return all;
  const found: Emoji[][] = [[], [], []];
  for (const emoji of all) {
    const place = emoji.unicode === wanted ? 0 : rank(emoji.words, wanted);
    if (place !== null) found[place]?.push(emoji);
  }
  return found.flat();
}
