import type { Corpus } from "./corpus.ts";

/** What the asker asks for, with the filters of the call. */
export type Question = Readonly<Record<string, string>>;

/** Questions of one sort, which are measured together. */
export interface QuestionSort {
  readonly title: string;
  readonly questions: readonly Question[];
}

/** Different questions of each sort. */
const OF_EACH = 20;

export interface Known {
  readonly conversationIds: readonly string[];
  readonly senderIds: readonly string[];
  /** When the first and the last message was sent. */
  readonly from: number;
  readonly to: number;
}

/** The questions, the same for the same corpus. */
export function questionsOf({ chinese, english, particles }: Corpus, known: Known): QuestionSort[] {
  const single = chinese.filter((word) => word.length === 1);
  const double = chinese.filter((word) => word.length === 2);
  const longer = chinese.filter((word) => word.length >= 3);
  const words = (list: readonly string[], from: number) =>
    Array.from({ length: OF_EACH }, (_, index) => list[(from + index) % list.length] ?? "");
  const plain = (queries: readonly string[]): Question[] => queries.map((query) => ({ query }));
  const rare = (list: readonly string[]) => words(list, list.length - OF_EACH);
  const common = words(double, 0);
  const span = (known.to - known.from) / OF_EACH;
  return [
    { title: "one character, most frequent", questions: plain(particles.slice(0, OF_EACH)) },
    { title: "one character, rare", questions: plain(rare(single)) },
    { title: "two characters, frequent", questions: plain(common) },
    { title: "two characters, rare", questions: plain(rare(double)) },
    { title: "three and more characters", questions: plain(words(longer, 0)) },
    { title: "an English word", questions: plain(words(english, 0)) },
    { title: "a rare English word", questions: plain(rare(english)) },
    { title: "one letter", questions: plain(Array.from("abcdefghijlmnoprstvw")) },
    { title: "two letters", questions: plain(words(english, 0).map((word) => word.slice(0, 2))) },
    { title: "two frequent words", questions: plain(common.map((word, index) => `${word} ${particles[index % 8]}`)) },
    { title: "a frequent and a rare word", questions: plain(rare(double).map((word) => `的 ${word}`)) },
    { title: "Chinese and English", questions: plain(common.map((word, index) => `${word} ${english[index]}`)) },
    { title: "nothing found", questions: plain(common.map((word) => `${word}龘靐`)) },
    {
      title: "by one sender",
      questions: common.map((query, index) => ({ query, senderId: pick(known.senderIds, index) })),
    },
    { title: "a sender's last", questions: words(known.senderIds, 0).map((senderId) => ({ senderId })) },
    {
      title: "in one conversation",
      questions: common.map((query, index) => ({ query, conversationId: pick(known.conversationIds, index) })),
    },
    {
      title: "the most frequent, of an early time",
      questions: common.map((_, index) => ({
        query: "的",
        from: String(Math.floor(known.from + index * span)),
        to: String(Math.floor(known.from + (index + 1) * span)),
      })),
    },
    { title: "of a kind that nobody sent", questions: common.map((query) => ({ query, kind: "location" })) },
  ];
}

const pick = (list: readonly string[], index: number) => list[index % list.length] ?? "";
