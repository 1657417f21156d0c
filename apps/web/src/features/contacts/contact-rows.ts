import type { ConversationView } from "@im-webapp/client";
import type { User } from "@im-webapp/protocol";
import type { ContactGroups } from "./contact-groups.ts";

/** A page of its own that is reached from the contacts. */
export type Place = "requests" | "notices" | "saved";

/** A line of the contacts. Those under a letter carry it; headings alone cannot take the focus. */
export type ContactRow =
  | { readonly kind: "place"; readonly key: string; readonly place: Place }
  | { readonly kind: "heading"; readonly key: string; readonly text: string; readonly letter?: string }
  | { readonly kind: "person"; readonly key: string; readonly user: User; readonly letter?: string }
  | { readonly kind: "group"; readonly key: string; readonly conversation: ConversationView };

/** The names of the parts of the list. */
export interface PartNames {
  readonly favourites: string;
  readonly groups: string;
  /** All contacts, while their letters are not known. */
  readonly contacts: string;
  readonly others: string;
}

/** A heading and its people; nothing without any. Somebody can stand in two parts, so the part is in the key. */
function part(name: string, text: string, people: readonly User[], letter?: string): ContactRow[] {
  if (people.length === 0) return [];
  const under = letter === undefined ? {} : { letter };
  return [
    { kind: "heading", key: `heading:${name}`, text, ...under },
    ...people.map((user): ContactRow => ({ kind: "person", key: `${name}:${user.userId}`, user, ...under })),
  ];
}

/** All lines of the contacts from top to bottom. Pure. */
export function contactRows(
  places: readonly Place[],
  { favourites, groups, letters, others }: ContactGroups,
  names: PartNames,
): readonly ContactRow[] {
  return [
    ...places.map((place): ContactRow => ({ kind: "place", key: place, place })),
    ...part("favourites", names.favourites, favourites),
    ...(groups.length === 0 ? [] : [{ kind: "heading", key: "heading:groups", text: names.groups } as const]),
    ...groups.map((conversation): ContactRow => ({ kind: "group", key: conversation.conversationId, conversation })),
    ...letters.flatMap(({ letter, people }) =>
      letter === "" ? part("contacts", names.contacts, people) : part(`letter ${letter}`, letter, people, letter),
    ),
    ...part("others", names.others, others),
  ];
}

const letterOf = (row: ContactRow | undefined) => (row?.kind === "person" ? row.letter : undefined);

/**
 * The line that a key leads to from the line at `from`: ↑ ↓ to the one beside it, Home and End to the ends, a letter to the
 * first person under it and, pressed again, to the next. Undefined for other keys and where there is none. Pure.
 */
export function rowForKey(rows: readonly ContactRow[], from: number, key: string): number | undefined {
  const isStop = (index: number) => rows[index] !== undefined && rows[index].kind !== "heading";
  const next = (start: number, step: 1 | -1) => {
    let index = start;
    while (index >= 0 && index < rows.length && !isStop(index)) index += step;
    return isStop(index) ? index : undefined;
  };
  if (key === "ArrowDown") return next(from + 1, 1);
  if (key === "ArrowUp") return next(from - 1, -1);
  if (key === "Home") return next(0, 1);
  if (key === "End") return next(rows.length - 1, -1);
  const letter = key.toUpperCase();
  if (!/^[A-Z#]$/.test(letter)) return undefined;
  if (letterOf(rows[from]) === letter && letterOf(rows[from + 1]) === letter) return from + 1;
  const first = rows.findIndex((row) => letterOf(row) === letter);
  return first === -1 ? undefined : first;
}
