import type { ConversationView } from "@im-webapp/client";
import { clsx } from "clsx";
import { ArrowLeft, PanelRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { ConnectionProgress } from "../../app/connection-notice.tsx";
import { IconButton, iconButtonClass } from "../../ui/icon-button.tsx";
import { useBack } from "../../ui/use-back.ts";
import { useGroup } from "../groups/use-group.ts";
import { HeaderMenu } from "../keeping/header-menu.tsx";
import { PresenceLine } from "../presence/presence-line.tsx";
import { TypingAnnouncer } from "../presence/typing-announcer.tsx";
import { useTypingText } from "../presence/typing-text.ts";
import { usePresence } from "../presence/use-presence.ts";
import { isFromSearch } from "./conversation-path.ts";
import { ConversationAvatar } from "./conversation-avatar.tsx";
import { useConversationTitle, useIsSaved } from "./conversation-title.ts";
import { useHasDetails } from "./conversation-panel.tsx";
import type { DetailsPanel } from "./use-details-panel.ts";

interface ConversationHeaderProps {
  readonly conversation: ConversationView;
  readonly panel: DetailsPanel;
}

/** What the details of a conversation are called. */
function useDetailsLabel({ type }: Pick<ConversationView, "type">): string {
  const { t } = useTranslation();
  return t(type === "group" ? "groups.details" : "conversation.personDetails");
}

/** Spreads a button over everything that stands around it. */
const spread =
  "block max-w-full truncate rounded-md text-left after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent";

/** The title leads to more about the conversation, as the button at the end does. */
function TitleControl({ conversation, panel }: ConversationHeaderProps): ReactNode {
  const title = useConversationTitle(conversation);
  const label = useDetailsLabel(conversation);
  if (!useHasDetails(conversation)) return title;
  return (
    <button type="button" title={label} className={spread} onClick={panel.toggle}>
      {/* A button does not cut its own text with an ellipsis when it is narrower than its content. */}
      <span className="block truncate">{title}</span>
    </button>
  );
}

/** The line under the title: who is typing; else whether the other one is here, or how many there are. */
function Subtitle({ conversation }: Pick<ConversationHeaderProps, "conversation">): ReactNode {
  const { t } = useTranslation();
  const { type, peerId, groupId = "", left } = conversation;
  // How many are in a large group is no part of its conversation: it is asked for when the chat is opened.
  const isUncounted = type === "group" && conversation.memberCount === undefined && left !== true;
  const [group] = useGroup(groupId, "", isUncounted);
  const memberCount = conversation.memberCount ?? group?.memberCount;
  const typing = useTypingText(conversation);
  const isSaved = useIsSaved(conversation);
  const presence = usePresence(type === "direct" && !isSaved ? peerId : undefined);
  const isCounted = type === "group" && memberCount !== undefined;
  return (
    <>
      <div className="figures truncate text-xs text-ink-muted empty:hidden">
        {typing !== null ? (
          <span className="text-accent-ink">{typing}</span>
        ) : isSaved ? (
          t("keeping.savedHint")
        ) : isCounted ? (
          t("conversation.members", { count: memberCount })
        ) : (
          <PresenceLine presence={presence} />
        )}
      </div>
      <TypingAnnouncer text={typing} />
    </>
  );
}

/** Who one is talking with, and the way to more about them. */
export function ConversationHeader({ conversation, panel }: ConversationHeaderProps) {
  const { t } = useTranslation();
  const label = useDetailsLabel(conversation);
  const hasDetails = useHasDetails(conversation);
  const back = useBack();
  const isFound = isFromSearch(useLocation().state);
  return (
    <header className="flex shrink-0 border-b border-line bg-surface pr-2 pl-1 pt-safe-top sm:pl-2">
      <div className="flex h-15 min-w-0 flex-1 items-center gap-1">
        <Link
          to="/"
          aria-label={t("common.back")}
          className={clsx(iconButtonClass, "sm:hidden")}
          onClick={isFound ? back : undefined}
        >
          <ArrowLeft aria-hidden className="size-5" strokeWidth={1.75} />
        </Link>
        <div
          className={clsx(
            "relative flex min-w-0 items-center gap-3 rounded-md py-1 pr-3 max-sm:flex-1 sm:pl-2",
            hasDetails && "transition-colors hover:bg-hover active:bg-pressed",
          )}
        >
          <ConversationAvatar conversation={conversation} className="size-9" />
          <div className="min-w-0">
            <h1 className="truncate text-lg font-semibold">
              <TitleControl conversation={conversation} panel={panel} />
            </h1>
            <Subtitle conversation={conversation} />
          </div>
        </div>
        <span className="ml-auto sm:hidden">
          <ConnectionProgress />
        </span>
        <span className="sm:ml-auto">
          <HeaderMenu conversation={conversation} />
        </span>
        {hasDetails && (
          <span>
            <IconButton
              icon={PanelRight}
              label={label}
              aria-expanded={panel.isOpen}
              aria-pressed={panel.isOpen}
              onClick={panel.toggle}
            />
          </span>
        )}
      </div>
    </header>
  );
}
