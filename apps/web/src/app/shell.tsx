import { Tooltip } from "radix-ui";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { useClientState } from "@im-webapp/react";
import { ConnectionAnnouncer } from "./connection-notice.tsx";
import { DocumentTitle } from "./document-title.tsx";
import { MessageAnnouncer } from "./message-announcer.tsx";
import { Rail } from "./rail.tsx";
import { Notices } from "../features/notifications/notices.tsx";
import { Shortcuts } from "../features/shortcuts/shortcuts.tsx";
import { isSectionRoot } from "./use-section.ts";

/** How long the pointer rests on a control before its tooltip shows, in milliseconds. */
const TOOLTIP_DELAY_MS = 500;

/** Where to come back to after signing in; nothing for the places that one is in anyway. */
function loginAddress(pathname: string, search: string): string {
  return isSectionRoot(pathname) ? "/login" : `/login?return=${encodeURIComponent(pathname + search)}`;
}

/** The frame around everything that needs a session: the rail, and the place beside it. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const isSignedIn = useClientState((state) => state.me !== null);
  if (!isSignedIn) return <Navigate to={loginAddress(pathname, search)} replace />;
  return (
    <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MS}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-4 py-2 text-base text-on-accent focus:translate-y-0"
      >
        {t("app.skip")}
      </a>
      {/* Clipped and not merely hidden: nothing may scroll the frame, not even what is positioned within it. */}
      <div className="relative flex h-full flex-col overflow-clip sm:flex-row">
        <Rail hiddenOnPhone={!isSectionRoot(pathname)} />
        <Outlet />
      </div>
      <DocumentTitle />
      <ConnectionAnnouncer />
      <MessageAnnouncer />
      <Notices />
      <Shortcuts />
    </Tooltip.Provider>
  );
}
