import { clsx } from "clsx";
import { Bell, Bookmark, type LucideIcon, UserRoundPlus, UserRoundSearch } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useMatch } from "react-router";
import type { User } from "@im-webapp/protocol";
import { useClientState } from "@im-webapp/react";
import { FailedContacts } from "./failed-contacts.tsx";
import { ConnectionNotice, ConnectionProgress } from "../../app/connection-notice.tsx";
import { useWaitingCount } from "../../app/use-applications.ts";
import { walkList } from "../../lib/walk-list.ts";
import { CountBadge } from "../../ui/badge.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PaneHeader } from "../../ui/pane-header.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { savedPath } from "../conversation/placeholder.ts";
import { useContactGroups } from "./contact-groups.ts";
import { GroupLink, PersonLink } from "./contact-links.tsx";
import { FoundPeople } from "./found-people.tsx";
import { useFindPeople } from "./use-find-people.ts";

interface PlaceLinkProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly text: string;
  readonly count?: number;
}

/** A page of its own among the contacts. */
function PlaceLink({ to, icon: Icon, text, count = 0 }: PlaceLinkProps) {
  const { t } = useTranslation();
  const isCurrent = useMatch(to) !== null;
  return (
    <Link
      to={to}
      aria-current={isCurrent ? "page" : undefined}
      className={clsx(
        "flex h-14 shrink-0 items-center gap-3 rounded-md px-2 transition-colors focus-visible:-outline-offset-2",
        isCurrent ? "bg-selected" : "hover:bg-hover active:bg-pressed",
      )}
      onKeyDown={walkList}
    >
      <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <span className="min-w-0 flex-1 truncate text-base font-medium">{text}</span>
      <CountBadge count={count} label={t("people.waiting", { count })} />
    </Link>
  );
}

interface PeopleProps {
  readonly title: string;
  readonly people: readonly User[];
  readonly current: string | undefined;
}

function People({ title, people, current }: PeopleProps) {
  if (people.length === 0) return null;
  return (
    <section aria-label={title}>
      <ListHeading text={title} />
      <ul>
        {people.map((user) => (
          <li key={user.userId}>
            <PersonLink user={user} isCurrent={user.userId === current} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Known({ current }: { readonly current: string | undefined }) {
  const { t } = useTranslation();
  const isLoaded = useClientState((state) => state.loaded);
  const ownId = useClientState((state) => state.me?.userId);
  const friends = useWaitingCount("friend");
  const joiners = useWaitingCount("group");
  const { favourites, letters, groups, others } = useContactGroups();
  const isEmpty = letters.length + groups.length + others.length === 0;
  return (
    <>
      <PlaceLink to="/contacts/requests" icon={UserRoundPlus} text={t("people.requests")} count={friends} />
      <PlaceLink to="/notices" icon={Bell} text={t("people.notices")} count={joiners} />
      {ownId !== undefined && <PlaceLink to={savedPath(ownId)} icon={Bookmark} text={t("keeping.saved")} />}
      {!isLoaded && <PeopleSkeleton rows={6} />}
      {isLoaded && isEmpty && (
        <EmptyState icon={UserRoundSearch} title={t("contacts.empty")} hint={t("contacts.emptyHint")} />
      )}
      <People title={t("people.favourites")} people={favourites} current={current} />
      {groups.length > 0 && (
        <section aria-label={t("contacts.groups")}>
          <ListHeading text={t("contacts.groups")} />
          <ul>
            {groups.map((conversation) => (
              <li key={conversation.conversationId}>
                <GroupLink conversation={conversation} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {letters.map(({ letter, people }) => (
        <People key={letter} title={letter || t("people.contacts")} people={people} current={current} />
      ))}
      <People title={t("people.others")} people={others} current={current} />
    </>
  );
}

/** Finding people, those one keeps as contacts, and those one has talked with. */
export function ContactsPane() {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const found = useFindPeople(query);
  const ownId = useClientState((state) => state.me?.userId);
  const current = useMatch("/u/:userId")?.params.userId;
  return (
    <>
      <PaneHeader title={t("contacts.title")} beside={<ConnectionProgress />} />
      <ConnectionNotice />
      <FailedContacts />
      <div className="px-4 pb-2">
        <SearchField
          label={t("contacts.find")}
          placeholder={t("contacts.findPlaceholder")}
          value={query}
          onChange={setQuery}
        />
      </div>
      <div data-walk className="scroll-pane flex flex-1 flex-col px-2 pb-2">
        {found.status === "idle" ? (
          <Known current={current} />
        ) : (
          <FoundPeople found={found} query={query}>
            {(user) => <PersonLink user={user} isCurrent={user.userId === current} isOwn={user.userId === ownId} />}
          </FoundPeople>
        )}
      </div>
    </>
  );
}
