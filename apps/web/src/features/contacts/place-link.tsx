import { clsx } from "clsx";
import { Bell, Bookmark, UserRoundPlus } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, useMatch } from "react-router";
import { useClientState } from "@im-webapp/react";
import { useWaitingCount } from "../../app/use-applications.ts";
import { CountBadge } from "../../ui/badge.tsx";
import { savedPath } from "../conversation/placeholder.ts";
import type { Place } from "./contact-rows.ts";

const LOOKS = {
  requests: { icon: UserRoundPlus, text: "people.requests", waiting: "friend" },
  notices: { icon: Bell, text: "people.notices", waiting: "group" },
  saved: { icon: Bookmark, text: "keeping.saved", waiting: undefined },
} as const;

const PATHS = { requests: "/contacts/requests", notices: "/notices" } as const;

interface PlaceLinkProps {
  readonly place: Place;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Leads to a page of its own among the contacts, with how much waits there. */
export function PlaceLink({ place, onKeyDown }: PlaceLinkProps) {
  const { t } = useTranslation();
  const ownId = useClientState((state) => state.me?.userId) ?? "";
  const counts = { friend: useWaitingCount("friend"), group: useWaitingCount("group") };
  const { icon: Icon, text, waiting } = LOOKS[place];
  const to = place === "saved" ? savedPath(ownId) : PATHS[place];
  const isCurrent = useMatch(to) !== null;
  const count = waiting === undefined ? 0 : counts[waiting];
  return (
    <Link
      to={to}
      aria-current={isCurrent ? "page" : undefined}
      className={clsx(
        "flex h-14 items-center gap-3 rounded-md px-2 transition-colors focus-visible:-outline-offset-2",
        isCurrent ? "bg-selected" : "hover:bg-hover active:bg-pressed",
      )}
      onKeyDown={onKeyDown}
    >
      <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <span className="min-w-0 flex-1 truncate text-base font-medium">{t(text)}</span>
      <CountBadge count={count} label={t("people.waiting", { count })} />
    </Link>
  );
}
