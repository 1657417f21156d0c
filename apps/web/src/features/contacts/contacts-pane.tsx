import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMatch } from "react-router";
import { useClientState } from "@im-webapp/react";
import { ConnectionNotice, ConnectionProgress } from "../../app/connection-notice.tsx";
import { PaneHeader } from "../../ui/pane-header.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { ContactList } from "./contact-list.tsx";
import { PersonLink } from "./contact-links.tsx";
import { FailedContacts } from "./failed-contacts.tsx";
import { FoundPeople } from "./found-people.tsx";
import { useFindPeople } from "./use-find-people.ts";

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
      {/* It keeps its place while one looks for somebody. */}
      <div className={found.status === "idle" ? "flex min-h-0 flex-1 flex-col" : "hidden"}>
        <ContactList current={current} />
      </div>
      {found.status !== "idle" && (
        <div data-walk className="scroll-pane flex flex-1 flex-col px-2 pb-2">
          <FoundPeople found={found} query={query}>
            {(user) => <PersonLink user={user} isCurrent={user.userId === current} isOwn={user.userId === ownId} />}
          </FoundPeople>
        </div>
      )}
    </>
  );
}
