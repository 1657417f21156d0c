import { useSyncExternalStore } from "react";
import type { CodePart } from "./code-parts.ts";
import { LazyParser, NO_PARSER } from "./lazy-parser.ts";

const code = new LazyParser<readonly CodePart[]>(async () => {
  const { highlightCode } = await import("./highlight-code.ts");
  return (language = "", text = "") => highlightCode(language, text);
});

/** Code in the parts that its language has; null where no language is named, and until the grammars have been loaded. */
export function useCodeParts(language: string, text: string): readonly CodePart[] | null {
  const isNamed = language !== "";
  const isLoaded = useSyncExternalStore(isNamed ? code.subscribe : NO_PARSER, code.isLoaded);
  return isNamed && isLoaded ? code.result(language, text) : null;
}
