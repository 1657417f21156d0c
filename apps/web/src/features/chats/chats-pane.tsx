import { clsx } from "clsx";
import { MailCheck, MessagesSquare, UserRound, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useMatch } from "react-router";
import { useClientState } from "@im-webapp/react";
import { FailedContacts } from "../contacts/failed-contacts.tsx";
import { ConnectionNotice, ConnectionProgress } from "../../app/connection-notice.tsx";
import { UpdateNotice } from "../../app/update-notice.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PaneHeader } from "../../ui/pane-header.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { SearchBar } from "../search/search-bar.tsx";
import { useSearchKeys } from "../search/search-keys.ts";
import { useSearch, useSetSearch } from "../search/search-params.ts";
import { SearchResults } from "../search/search-results.tsx";
import { ChatList } from "./chat-list.tsx";
import { ChatListSkeleton } from "./chat-list-skeleton.tsx";
import { FILTERS, isListed, useFilter } from "./filters.ts";
import { NewChatMenu } from "./new-chat-menu.tsx";

function NoChats() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={MessagesSquare} title={t("chats.empty")} hint={t("chats.emptyHint")}>
      <Link to="/contacts" className={clsx(buttonClass("primary"), "grow")}>
        {t("chats.findPeople")}
      </Link>
      <Link to="/groups/new" className={clsx(buttonClass("secondary"), "grow")}>
        {t("chats.newGroup")}
      </Link>
    </EmptyState>
  );
}

function Chats() {
  const { t } = useTranslation();
  const [filter, setFilter] = useFilter();
  const isEmpty = useClientState((state) => state.conversations.every((conversation) => conversation.hidden));
  const isNoneListed = useClientState((state) => !state.conversations.some((one) => isListed(one, filter)));
  // Before the first sync an empty list only means that nothing has been received yet.
  const isComplete = useClientState(({ connection }) => connection.status === "online");
  if (isEmpty) return isComplete ? <NoChats /> : <ChatListSkeleton />;
  const options = FILTERS.map((value) => ({ value, label: t(FILTER_TEXTS[value]) }));
  return (
    <>
      <div className="shrink-0 overflow-x-auto px-4 pt-1 pb-2 sm:max-lg:px-2">
        <Segmented label={t("keeping.filter")} value={filter} options={options} onChange={setFilter} />
      </div>
      {/* What is open stays in the list; a list of nothing else is none. */}
      {isNoneListed && filter !== "all" ? (
        <NoneListed filter={filter} onShowAll={() => setFilter("all")} />
      ) : (
        <ChatList filter={filter} />
      )}
    </>
  );
}

const FILTER_TEXTS = {
  all: "keeping.filterAll",
  unread: "keeping.filterUnread",
  groups: "keeping.filterGroups",
  direct: "keeping.filterDirect",
} as const;

const EMPTY = {
  unread: { icon: MailCheck, title: "keeping.noUnread", hint: "keeping.noUnreadHint" },
  groups: { icon: UsersRound, title: "keeping.noGroups", hint: "keeping.noGroupsHint" },
  direct: { icon: UserRound, title: "keeping.noDirect", hint: "keeping.noDirectHint" },
} as const;

interface NoneListedProps {
  readonly filter: keyof typeof EMPTY;
  readonly onShowAll: () => void;
}

/** There are chats, and none of this kind. */
function NoneListed({ filter, onShowAll }: NoneListedProps) {
  const { t } = useTranslation();
  const { icon, title, hint } = EMPTY[filter];
  return (
    <EmptyState icon={icon} title={t(title)} hint={t(hint)}>
      <Button variant="secondary" onClick={onShowAll}>
        {t("keeping.showAll")}
      </Button>
    </EmptyState>
  );
}

/** The list of chats with what leads to new ones. */
export function ChatsPane() {
  const { t } = useTranslation();
  const search = useSearch();
  const setSearch = useSetSearch();
  useSearchKeys(useMatch("/c/:conversationId/*")?.params.conversationId);
  return (
    <>
      <PaneHeader title={t("chats.title")} beside={<ConnectionProgress />} actions={<NewChatMenu />} />
      <UpdateNotice />
      <ConnectionNotice />
      <FailedContacts />
      <SearchBar search={search} onChange={setSearch} />
      {search === undefined ? <Chats /> : <SearchResults search={search} onChange={setSearch} />}
    </>
  );
}
