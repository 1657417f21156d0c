import { clsx } from "clsx";
import { type LucideIcon, MessageCircle, UserRound, UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useClientState } from "@im-webapp/react";
import { Avatar } from "../ui/avatar.tsx";
import { CountBadge, DotBadge } from "../ui/badge.tsx";
import { strongestMark } from "../features/chats/unread-mark.ts";
import { useWaitingCount } from "./use-applications.ts";
import { type Section, useSection } from "./use-section.ts";

interface Place {
  readonly section: Section;
  readonly to: string;
  readonly icon: LucideIcon;
}

const PLACES: readonly Place[] = [
  { section: "chats", to: "/", icon: MessageCircle },
  { section: "contacts", to: "/contacts", icon: UsersRound },
  { section: "me", to: "/settings", icon: UserRound },
];

/** What is unread in all chats, in the colour that it has in their list. */
function ChatsBadge() {
  const { t } = useTranslation();
  const unread = useClientState((state) => state.unreadTotal);
  const mark = useClientState((state) => strongestMark(state.conversations));
  if (unread > 0) return <CountBadge count={unread} label={t("chats.unread", { count: unread })} />;
  if (mark === "none") return null;
  const isQuiet = mark === "quiet";
  return <DotBadge label={t(isQuiet ? "keeping.silentUnread" : "keeping.unreadMark")} quiet={isQuiet} />;
}

function PlaceLink({ place, current }: { readonly place: Place; readonly current: boolean }) {
  const { t } = useTranslation();
  const waiting = useWaitingCount();
  const me = useClientState((state) => (place.section === "me" ? state.me : null));
  const Icon = place.icon;
  return (
    <NavLink
      to={place.to}
      aria-current={current ? "page" : undefined}
      className={clsx(
        "group relative flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 pt-1 text-xs transition-colors sm:w-14 sm:flex-none sm:rounded-md sm:min-h-13 sm:gap-1 sm:py-2",
        current ? "font-medium text-accent-ink" : "text-ink-muted hover:text-ink sm:hover:bg-hover",
      )}
    >
      <span className="relative">
        {me === null ? (
          <Icon
            aria-hidden
            className={clsx("size-6", current && "fill-accent-tint")}
            strokeWidth={current ? 2 : 1.75}
          />
        ) : (
          <>
            <Icon
              aria-hidden
              className={clsx("size-6 sm:hidden", current && "fill-accent-tint")}
              strokeWidth={current ? 2 : 1.75}
            />
            <span
              className={clsx(
                "hidden rounded-md ring-offset-2 ring-offset-canvas sm:block",
                current && "ring-2 ring-accent",
              )}
            >
              <Avatar id={me.userId} name={me.displayName} className="size-8" />
            </span>
          </>
        )}
        <span className="absolute -top-1 left-3 sm:-top-2 sm:left-2.5 rounded-full ring-2 ring-canvas empty:hidden">
          {place.section === "contacts" ? (
            <CountBadge count={waiting} label={t("people.waiting", { count: waiting })} />
          ) : (
            place.section === "chats" && <ChatsBadge />
          )}
        </span>
      </span>
      <span>{t(`nav.${place.section}`)}</span>
    </NavLink>
  );
}

/** The places of the app: a rail on the left, or tabs at the bottom of a phone's screen. */
export function Rail({ hiddenOnPhone }: { readonly hiddenOnPhone: boolean }) {
  const { t } = useTranslation();
  const section = useSection();
  return (
    <nav
      aria-label={t("nav.label")}
      className={clsx(
        "order-last shrink-0 border-line bg-canvas max-sm:border-t max-sm:pb-safe-bottom",
        "sm:order-first sm:flex sm:w-rail sm:flex-col sm:border-r sm:pt-safe-top sm:pl-safe-left",
        hiddenOnPhone && "max-sm:hidden",
      )}
    >
      <ul className="flex sm:h-full sm:flex-col sm:items-center sm:gap-1 sm:py-3">
        {PLACES.map((place) => (
          <li key={place.section} className={clsx("flex flex-1 sm:flex-none", place.section === "me" && "sm:mt-auto")}>
            <PlaceLink place={place} current={place.section === section} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
