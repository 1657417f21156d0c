import { Bookmark, UserRoundSearch } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useMatch } from "react-router";
import { useClientState } from "@im-webapp/react";
import { walkList } from "../../lib/walk-list.ts";
import { ConnectionNotice, ConnectionProgress } from "../../app/connection-notice.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { IconAvatar } from "../../ui/icon-avatar.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PaneHeader } from "../../ui/pane-header.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { savedPath } from "../conversation/placeholder.ts";
import { GroupLink, PersonLink } from "./contact-links.tsx";
import { FoundPeople } from "./found-people.tsx";
import { useFindPeople } from "./use-find-people.ts";
import { useKnownGroups, useKnownPeople } from "./use-known.ts";

/** The conversation with oneself, where others are to be found as well. */
function SavedLink() {
  const { t } = useTranslation();
  const ownId = useClientState((state) => state.me?.userId);
  if (ownId === undefined) return null;
  return (
    <Link
      to={savedPath(ownId)}
      onKeyDown={walkList}
      className="flex h-14 shrink-0 items-center gap-3 rounded-md px-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
    >
      <IconAvatar icon={Bookmark} />
      <span className="truncate text-base font-medium">{t("keeping.saved")}</span>
    </Link>
  );
}

function Known({ current }: { readonly current: string | undefined }) {
  const { t } = useTranslation();
  const people = useKnownPeople();
  const groups = useKnownGroups();
  if (people.length === 0 && groups.length === 0) {
    return <EmptyState icon={UserRoundSearch} title={t("contacts.empty")} hint={t("contacts.emptyHint")} />;
  }
  return (
    <>
      {people.length > 0 && (
        <section aria-label={t("contacts.people")}>
          <ListHeading text={t("contacts.people")} />
          <ul>
            {people.map((user) => (
              <li key={user.userId}>
                <PersonLink user={user} isCurrent={user.userId === current} />
              </li>
            ))}
          </ul>
        </section>
      )}
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
    </>
  );
}

/** Finding people, and those one has talked with. */
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
          <>
            <SavedLink />
            <Known current={current} />
          </>
        ) : (
          <FoundPeople found={found} query={query}>
            {(user) => <PersonLink user={user} isCurrent={user.userId === current} isOwn={user.userId === ownId} />}
          </FoundPeople>
        )}
      </div>
    </>
  );
}
