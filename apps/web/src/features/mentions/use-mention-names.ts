import type { Mentions } from "@im-webapp/protocol";
import { useMemo } from "react";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { EVERYONE, EVERYONE_NAMES } from "./picked-mentions.ts";

const NOBODY: readonly string[] = [];

/** What those whom a message names are called in its text. */
export function useMentionNames(mentions: Mentions | undefined): readonly string[] {
  const nameOf = useNameOf();
  const users = useClientState((state) => state.users);
  return useMemo(() => {
    if (mentions === undefined) return NOBODY;
    if (mentions === EVERYONE) return EVERYONE_NAMES;
    // The writer has put what everybody may see; an alias of one's own stands in no text of others.
    return mentions.flatMap((userId) => [users.get(userId)?.displayName ?? nameOf(userId), nameOf(userId)]);
  }, [mentions, nameOf, users]);
}
