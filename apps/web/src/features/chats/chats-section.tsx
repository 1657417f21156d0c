import { useTranslation } from "react-i18next";
import { Outlet, useMatch } from "react-router";
import { TwoPane } from "../../app/two-pane.tsx";
import { ChatsPane } from "./chats-pane.tsx";

/** The chats: the list of them, and the one that is open. */
export function ChatsSection() {
  const { t } = useTranslation();
  const isRoot = useMatch("/") !== null;
  return (
    <TwoPane listLabel={t("chats.list")} list={<ChatsPane />} isChosen={!isRoot}>
      <Outlet />
    </TwoPane>
  );
}
