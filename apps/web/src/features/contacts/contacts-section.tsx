import { useTranslation } from "react-i18next";
import { Outlet, useMatch } from "react-router";
import { TwoPane } from "../../app/two-pane.tsx";
import { ContactsPane } from "./contacts-pane.tsx";

/** The people and groups one knows, the search for others, and the card of the chosen one. */
export function ContactsSection() {
  const { t } = useTranslation();
  const isRoot = useMatch("/contacts") !== null;
  return (
    <TwoPane listLabel={t("contacts.title")} list={<ContactsPane />} isChosen={!isRoot}>
      <Outlet />
    </TwoPane>
  );
}
