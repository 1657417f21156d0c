import type { User } from "@im-webapp/protocol";
import { useDeferredValue, useMemo } from "react";
import { useNameOf } from "../../app/names.ts";
import { findPeople } from "../mentions/find-people.ts";
import { usePinyin } from "../mentions/use-pinyin.ts";
import { usePickable } from "./use-known.ts";

/** Most that are shown; a letter more finds the others. */
const MOST_SHOWN = 50;

const NOBODY: readonly User[] = [];

/** Contacts and those one talks with whom a query finds by alias, name, username or pinyin, the best first. Local. */
export function useFoundKnown(query: string): readonly User[] {
  const people = usePickable();
  const nameOf = useNameOf();
  // Typing goes before looking through thousands of names.
  const wanted = useDeferredValue(query);
  const pinyin = usePinyin(query !== "");
  const findable = useMemo(
    () => people.map((user) => ({ user, name: nameOf(user.userId), others: [user.displayName, user.username] })),
    [people, nameOf],
  );
  return useMemo(
    () =>
      wanted === ""
        ? NOBODY
        : findPeople(findable, wanted, pinyin)
            .slice(0, MOST_SHOWN)
            .map(({ user }) => user),
    [findable, wanted, pinyin],
  );
}
