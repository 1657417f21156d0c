import type { Mentions } from "@im-webapp/protocol";
import { useMemo } from "react";
import { useNameOf } from "../../app/names.ts";
import { EVERYONE, EVERYONE_NAMES } from "./picked-mentions.ts";

const NOBODY: readonly string[] = [];

/** What those whom a message names are called in its text. */
export function useMentionNames(mentions: Mentions | undefined): readonly string[] {
  const nameOf = useNameOf();
  return useMemo(() => {
    if (mentions === undefined) return NOBODY;
    return mentions === EVERYONE ? EVERYONE_NAMES : mentions.map(nameOf);
  }, [mentions, nameOf]);
}
