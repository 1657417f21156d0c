/** A stretch of text within a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly children: readonly Inline[] }
  /** `host`: where it leads, for a link whose text does not say so itself. */
  | { readonly kind: "link"; readonly href: string; readonly host?: string; readonly children: readonly Inline[] };

/** A part of a message that stands on lines of its own. */
export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly children: readonly Block[] }
  /** `start`: the first number of a numbered list; absent for one with bullets. */
  | { readonly kind: "list"; readonly start?: number; readonly items: readonly (readonly Block[])[] };

/** What a text must contain to be anything but plain: most messages have none of it and need no parser. */
const MARKUP = /[*_~`]|\[[^\]]*\]\(|^\s*(?:>|[-+] |\d{1,9}[.)] )/m;

/** Whether a text may contain markup. */
export function mayHaveMarkup(text: string): boolean {
  return MARKUP.test(text);
}
