import { UserRoundSearch } from "lucide-react";
import { type CSSProperties, type ReactNode, type Ref, createContext, use, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useClientState } from "@im-webapp/react";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { UnorderedRows } from "../../ui/row-container.tsx";
import { useContactGroups } from "./contact-groups.ts";
import { GroupLink, PersonLink } from "./contact-links.tsx";
import { type ContactRow, type Place, contactRows } from "./contact-rows.ts";
import { LetterIndex } from "./letter-index.tsx";
import { PlaceLink } from "./place-link.tsx";
import { ROW_INDEX, useRowKeys } from "./use-row-keys.ts";

/** Height of most lines in pixels, known before they are drawn. The links themselves are `h-14`. */
const ROW_PX = 56;

/** Contacts from which on a list is too long to be looked through, and has the letters beside it. */
const MANY = 30;

const PLACES: readonly Place[] = ["requests", "notices", "saved"];

/** How many lines there are in all: only those in view exist. */
const LineCount = createContext(0);

interface RowFrameProps {
  readonly style: CSSProperties;
  readonly index: number;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLLIElement>;
}

function RowFrame({ style, index, children, ref }: RowFrameProps) {
  return (
    <li
      ref={ref}
      style={style}
      aria-setsize={use(LineCount)}
      aria-posinset={index + 1}
      className="px-2"
      {...{ [ROW_INDEX]: index }}
    >
      {children}
    </li>
  );
}

function useContactRows(): readonly ContactRow[] {
  const { t } = useTranslation();
  const groups = useContactGroups();
  const isKnown = useClientState((state) => state.me !== null);
  return useMemo(() => {
    const places = isKnown ? PLACES : PLACES.filter((place) => place !== "saved");
    return contactRows(places, groups, {
      favourites: t("people.favourites"),
      groups: t("contacts.groups"),
      contacts: t("people.contacts"),
      others: t("people.others"),
    });
  }, [groups, isKnown, t]);
}

/**
 * The places among the contacts, the starred, groups, contacts by letter, and those one has talked with; only the lines in
 * view exist. The arrows walk through it, Home and End lead to its ends, and a letter to the people under it.
 */
export function ContactList({ current }: { readonly current: string | undefined }) {
  const { t } = useTranslation();
  const pane = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const rows = useContactRows();
  const { kept, onFocus, onKeyDown } = useRowKeys(rows, pane, list);
  const isLoaded = useClientState((state) => state.loaded);
  const isEmpty = !rows.some(({ kind }) => kind !== "place");
  const letters = useMemo(
    () => rows.flatMap((row) => (row.kind === "heading" && row.letter !== undefined ? row.letter : [])),
    [rows],
  );
  const isMany = rows.length > MANY && letters.length > 1;
  const toLetter = (letter: string) =>
    list.current?.scrollToIndex(
      rows.findIndex((row) => row.kind === "heading" && row.letter === letter),
      { align: "start" },
    );

  const draw = (row: ContactRow) => {
    switch (row.kind) {
      case "place":
        return <PlaceLink key={row.key} place={row.place} onKeyDown={onKeyDown} />;
      case "heading":
        return <ListHeading key={row.key} text={row.text} />;
      case "group":
        return <GroupLink key={row.key} conversation={row.conversation} onKeyDown={onKeyDown} />;
      case "person":
        return (
          <PersonLink key={row.key} user={row.user} isCurrent={row.user.userId === current} onKeyDown={onKeyDown} />
        );
    }
  };

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={pane}
        className={isMany ? "scroll-pane flex flex-1 flex-col pr-6 pb-2" : "scroll-pane flex flex-1 flex-col pb-2"}
        onFocus={onFocus}
      >
        <LineCount value={rows.length}>
          <Virtualizer ref={list} data={rows} itemSize={ROW_PX} keepMounted={kept} as={UnorderedRows} item={RowFrame}>
            {draw}
          </Virtualizer>
        </LineCount>
        {!isLoaded && <PeopleSkeleton rows={6} />}
        {isLoaded && isEmpty && (
          <EmptyState icon={UserRoundSearch} title={t("contacts.empty")} hint={t("contacts.emptyHint")} />
        )}
      </div>
      {isMany && <LetterIndex letters={letters} onPick={toLetter} />}
    </div>
  );
}
