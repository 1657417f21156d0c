import { clsx } from "clsx";
import { ChevronRight, type LucideIcon, Star } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useMatch } from "react-router";
import { useClientState } from "@im-webapp/react";
import { FailedContacts } from "../contacts/failed-contacts.tsx";
import { ConnectionNotice, ConnectionProgress } from "../../app/connection-notice.tsx";
import { walkList } from "../../lib/walk-list.ts";
import { Avatar } from "../../ui/avatar.tsx";

import { PaneHeader } from "../../ui/pane-header.tsx";
import { LogOut } from "./log-out.tsx";
import { SETTINGS_SECTIONS } from "./sections.ts";

const linkClass = (isCurrent: boolean) =>
  clsx(
    "flex min-h-14 items-center gap-3 rounded-md px-2 py-2 transition-colors focus-visible:-outline-offset-2",
    isCurrent ? "bg-selected" : "hover:bg-hover active:bg-pressed",
  );

/** The person themself; leads to what they can change of it. */
function Own() {
  const me = useClientState((state) => state.me);
  if (me === null) return null;
  return (
    <Link to="/settings/profile" className={clsx(linkClass(false), "gap-4")}>
      <Avatar id={me.userId} name={me.displayName} className="size-14" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-lg font-semibold">{me.displayName}</span>
        <span className="block truncate text-base text-ink-muted">@{me.username}</span>
      </span>
    </Link>
  );
}

interface LineProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint: string;
  readonly isCurrent?: boolean;
  /** Whether it was opened last: where the focus returns to on a phone. */
  readonly isLast?: boolean;
}

function Line({ to, icon: Icon, title, hint, isCurrent = false, isLast = false }: LineProps) {
  return (
    <Link
      to={to}
      aria-current={isCurrent ? "page" : undefined}
      data-last-chosen={isLast || undefined}
      className={linkClass(isCurrent)}
      onKeyDown={walkList}
    >
      <Icon aria-hidden className="mx-2 size-6 shrink-0 text-ink-muted" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-base font-medium">{title}</span>
        <span className="block truncate text-sm text-ink-muted">{hint}</span>
      </span>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-muted sm:hidden" strokeWidth={1.75} />
    </Link>
  );
}

/** The list of the settings, below the person whose they are. */
export function SettingsPane() {
  const { t } = useTranslation();
  const current = useMatch("/settings/:section/*")?.params.section;
  const [last, setLast] = useState(current);
  if (current !== undefined && current !== last) setLast(current);
  return (
    <>
      <PaneHeader title={t("settings.title")} beside={<ConnectionProgress />} />
      <ConnectionNotice />
      <FailedContacts />
      <div data-walk className="scroll-pane flex flex-1 flex-col gap-2 px-2 pb-2">
        <Own />
        <Line to="/starred" icon={Star} title={t("marks.starred")} hint={t("marks.starredPlaceHint")} />
        <ul aria-label={t("settings.sections")}>
          {SETTINGS_SECTIONS.map((section) => (
            <li key={section.path}>
              <Line
                to={`/settings/${section.path}`}
                icon={section.icon}
                title={t(section.title)}
                hint={t(section.hint)}
                isCurrent={section.path === current}
                isLast={section.path === last}
              />
            </li>
          ))}
        </ul>
        <div className="mt-auto pt-4">
          <LogOut />
        </div>
      </div>
    </>
  );
}
