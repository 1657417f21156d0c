/** A stretch of a message's text: plain, or an address that may be opened. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/**
 * Only http and https, and only where an address begins: what else a text may contain (`javascript:`, `data:`) stays
 * text. White space, quotes, angle brackets and CJK punctuation end an address.
 */
const ADDRESS = /(?<![a-z0-9])https?:\/\/[^\s<>"'`\p{C}，。；：！？、（）「」『』【】《》“”‘’…]+/giu;

/** What usually belongs to the sentence rather than to the address in front of it. */
const TRAILING = /[.,;:!?…]+$/u;

const count = (text: string, character: string) => text.split(character).length - 1;

/** Cuts the sentence's own punctuation off, and a closing bracket whose opening one is outside. */
function trimAddress(raw: string): string {
  let address = raw;
  for (;;) {
    const before = address;
    address = address.replace(TRAILING, "");
    if (address.endsWith(")") && count(address, ")") > count(address, "(")) address = address.slice(0, -1);
    if (address.endsWith("]") && count(address, "]") > count(address, "[")) address = address.slice(0, -1);
    if (address === before) return address;
  }
}

function hrefOf(address: string): string | null {
  try {
    const url = new URL(address);
    return (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "" ? url.href : null;
  } catch {
    return null;
  }
}

/** Splits a text at its web addresses. Joined together, the parts are the text again. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
