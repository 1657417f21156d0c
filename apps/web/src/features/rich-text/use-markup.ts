import { useSyncExternalStore } from "react";
import { LazyParser, NO_PARSER } from "./lazy-parser.ts";
import { type Block, mayHaveMarkup } from "./markup.ts";

const markup = new LazyParser<readonly Block[]>(async () => {
  const { parseMarkup } = await import("./parse-markup.ts");
  return (text = "") => parseMarkup(text);
});

/** The parts of a text with markup; null for a plain one, and until the parser has been loaded. */
export function useMarkup(text: string): readonly Block[] | null {
  const isMarked = mayHaveMarkup(text);
  const isLoaded = useSyncExternalStore(isMarked ? markup.subscribe : NO_PARSER, markup.isLoaded);
  return isMarked && isLoaded ? markup.result(text) : null;
}
