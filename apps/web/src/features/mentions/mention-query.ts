/** Longest part of a name that is looked for, in characters; beyond it the @ is not meant as a mention. */
const MAX_QUERY = 24;

/** A mention that is being typed. */
export interface MentionQuery {
  /** Where its @ stands. */
  readonly start: number;
  /** What follows the @, up to the caret. */
  readonly text: string;
}

/**
 * The mention that is being typed at the caret; null for none. An @ within a Latin word is that of a mail address; after
 * Chinese, which has no blanks, it may begin a mention.
 */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const start = text.lastIndexOf("@", caret - 1);
  if (start === -1 || start >= caret) return null;
  const typed = text.slice(start + 1, caret);
  if (typed.length > MAX_QUERY || /\s/.test(typed)) return null;
  return start > 0 && /[a-z0-9._%+-]/i.test(text[start - 1] ?? "") ? null : { start, text: typed };
}

/** The text with a name in place of what was typed of it, and where the caret stands then. */
export function withMention(text: string, query: MentionQuery, name: string): { text: string; caret: number } {
  const end = query.start + 1 + query.text.length;
  const inserted = `@${name} `;
  return {
    text: text.slice(0, query.start) + inserted + text.slice(end).replace(/^ /, ""),
    caret: query.start + inserted.length,
  };
}
