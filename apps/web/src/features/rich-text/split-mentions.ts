/** A stretch of text: as it is, or the name of somebody whom the message names, with its @. */
export interface MentionPart {
  readonly text: string;
  readonly isMention: boolean;
}

/** Splits a text at the names of those whom its message names; of two that fit, the longer. Pure. */
export function splitMentions(text: string, names: readonly string[]): readonly MentionPart[] {
  const marks = names.map((name) => `@${name}`).toSorted((a, b) => b.length - a.length);
  const parts: MentionPart[] = [];
  let plain = 0;
  for (let place = text.indexOf("@"); place !== -1; place = text.indexOf("@", place)) {
    const start = place;
    const mark = marks.find((each) => text.startsWith(each, start));
    if (mark === undefined) {
      place += 1;
      continue;
    }
    if (place > plain) parts.push({ text: text.slice(plain, place), isMention: false });
    parts.push({ text: mark, isMention: true });
    place += mark.length;
    plain = place;
  }
  if (plain < text.length) parts.push({ text: text.slice(plain), isMention: false });
  return parts;
}
