import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

/** Keeps the window's title: the app's name, behind the number of unread messages, or a dot for those that are not counted. */
export function DocumentTitle() {
  const { t } = useTranslation();
  const unread = useClientState((state) => state.unreadTotal);
  const hasDot = useClientState((state) => state.unreadDot);
  const name = t("app.name");
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${name}` : hasDot ? `• ${name}` : name;
  }, [unread, hasDot, name]);
  return null;
}
