import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";

/** Shows that something is unread where only the tab's icon is seen. */
function markIcon(isUnread: boolean): void {
  document.querySelector('link[rel="icon"]')?.setAttribute("href", isUnread ? "/icon-unread.svg" : "/icon.svg");
}

/** Shows it on the icon of the installed app; 0 shows nothing. Browsers that cannot, or may not, do nothing. */
async function badgeApp(unread: number): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  await (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => undefined);
}

/**
 * Keeps the window's title: the app's name, behind the number of unread messages, or a dot for those that are not counted;
 * and with it the tab's icon and the installed app's badge.
 */
export function DocumentTitle() {
  const { t } = useTranslation();
  const unread = useClientState((state) => state.unreadTotal);
  const hasDot = useClientState((state) => state.unreadDot);
  const name = t("app.name");
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${name}` : hasDot ? `• ${name}` : name;
    return () => {
      document.title = name;
    };
  }, [unread, hasDot, name]);
  useEffect(() => {
    markIcon(unread > 0);
    void badgeApp(unread);
  }, [unread]);
  // Who is signed out has nothing unread here.
  useEffect(
    () => () => {
      markIcon(false);
      void badgeApp(0);
    },
    [],
  );
  return null;
}
