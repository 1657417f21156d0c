import { clsx } from "clsx";
import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { ConnectionNotice, ConnectionProgress } from "../../app/connection-notice.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PaneHeader } from "../../ui/pane-header.tsx";
import { ChatList } from "./chat-list.tsx";
import { ChatListSkeleton } from "./chat-list-skeleton.tsx";
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
  const isEmpty = useClientState((state) => state.conversations.every((conversation) => conversation.hidden));
  // Before the first sync an empty list only means that nothing has been received yet.
  const isComplete = useClientState(({ connection }) => connection.status === "online");
  if (!isEmpty) return <ChatList />;
  return isComplete ? <NoChats /> : <ChatListSkeleton />;
}

/** The list of chats with what leads to new ones. */
export function ChatsPane() {
  const { t } = useTranslation();
  return (
    <>
      <PaneHeader title={t("chats.title")} beside={<ConnectionProgress />} actions={<NewChatMenu />} />
      <ConnectionNotice />
      <Chats />
    </>
  );
}
