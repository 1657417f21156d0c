/** The same numbers from 0 up to, and without, 1 for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What most sentences have, the most frequent first. */
const PARTICLES = Array.from("的了是我不在有这就他人们来到说要也你会着上下好看");
const CHINESE_WORDS = 20_000;
const ENGLISH_WORDS = 4_000;
/** Characters that words are made of, from the beginning of the ideographs on. */
const CHARACTERS = 3_500;
const ENGLISH_SHARE = 1 / 8;
const PARTICLE_SHARE = 1 / 4;
const [FEWEST_WORDS, MOST_WORDS] = [3, 24];
const CONSONANTS = "bcdfghjklmnprstvw";
const VOWELS = "aeiou";

/**
 * Messages of Chinese with an eighth of English words, whose frequencies fall as those of a language do: the nth word is
 * said a nth as often as the first.
 */
export class Corpus {
  readonly chinese: readonly string[];
  readonly english: readonly string[];
  readonly particles = PARTICLES;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
    this.chinese = [...distinct(CHINESE_WORDS, () => this.#chineseWord())];
    this.english = [...distinct(ENGLISH_WORDS, () => this.#englishWord())];
  }

  message(): string {
    const count = FEWEST_WORDS + Math.floor(this.#random() * (MOST_WORDS - FEWEST_WORDS + 1));
    let text = "";
    for (let index = 0; index < count; index += 1) {
      const draw = this.#random();
      if (draw < ENGLISH_SHARE) text += ` ${this.#one(this.english)} `;
      else text += this.#one(draw < ENGLISH_SHARE + PARTICLE_SHARE ? PARTICLES : this.chinese);
      if (index % 8 === 7) text += "，";
    }
    return `${text.trim()}。`;
  }

  /** One of the list, the first ones more often. */
  #one(list: readonly string[]): string {
    return list[Math.floor(list.length ** this.#random()) - 1] ?? list[0] ?? "";
  }

  #chineseWord(): string {
    const draw = this.#random();
    const length = draw < 0.1 ? 1 : draw < 0.8 ? 2 : draw < 0.95 ? 3 : 4;
    return Array.from({ length }, () =>
      String.fromCharCode(0x4e00 + Math.floor(CHARACTERS ** (0.3 + 0.7 * this.#random())) - 1),
    ).join("");
  }

  #englishWord(): string {
    const syllables = 1 + Math.floor(this.#random() * 4);
    const letter = (of: string) => of[Math.floor(this.#random() * of.length)] ?? "";
    return Array.from({ length: syllables }, () => letter(CONSONANTS) + letter(VOWELS) + letter(CONSONANTS)).join("");
  }
}

function distinct(count: number, make: () => string): Set<string> {
  const words = new Set<string>();
  while (words.size < count) words.add(make());
  return words;
}
