import type { ConversationView } from "@im-webapp/client";
import { clsx } from "clsx";
import { BellMinus, BellOff } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { useConversationTitle } from "../conversation/conversation-title.ts";
import { listLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { walkList } from "../../lib/walk-list.ts";
import { CountBadge, DotBadge } from "../../ui/badge.tsx";
import { RowMenu } from "../keeping/row-menu.tsx";
import { RowSwipe } from "../keeping/row-swipe.tsx";
import { LastMessage } from "./last-message.tsx";
import { unreadMark } from "./unread-mark.ts";

interface ChatRowProps {
  readonly conversation: ConversationView;
  readonly isCurrent: boolean;
  /** Whether it was the last one open: the focus comes back to it. */
  readonly isLast: boolean;
}

/** How much is unread, as the list shows it. */
function UnreadBadge({ conversation }: Pick<ChatRowProps, "conversation">) {
  const { t } = useTranslation();
  const { unread } = conversation;
  switch (unreadMark(conversation)) {
    case "none":
      return null;
    case "quiet":
      return <DotBadge label={t("keeping.silentUnread")} quiet />;
    case "dot":
      return <DotBadge label={t("keeping.unreadMark")} />;
    case "count":
      return <CountBadge count={unread} label={t("chats.unread", { count: unread })} />;
  }
}

/** A chat in the list: who, when, what was said last, and how much of it is unread. */
export const ChatRow = memo(function ChatRow({ conversation, isCurrent, isLast }: ChatRowProps) {
  const { t } = useTranslation();
  const title = useConversationTitle(conversation);
  const now = useNow();
  const style = useTimeStyle();
  const Muted = conversation.notify === -1 ? BellMinus : BellOff;
  const { muted, notify, activeAt } = conversation;
  return (
    <RowSwipe conversation={conversation}>
      <RowMenu conversation={conversation}>
        <Link
          draggable={false}
          to={`/c/${encodeURIComponent(conversation.conversationId)}`}
          aria-current={isCurrent ? "page" : undefined}
          data-last-chosen={isLast || undefined}
          onKeyDown={walkList}
          className={clsx(
            "flex h-16 touch-pan-y touch-pinch-zoom items-center gap-3 rounded-md px-2 transition-colors focus-visible:-outline-offset-2",
            isCurrent ? "bg-selected" : "hover:bg-hover active:bg-pressed",
            conversation.pinned && !isCurrent && "bg-canvas",
          )}
        >
          <ConversationAvatar conversation={conversation} />
          <span className="flex min-w-0 flex-1 flex-col gap-0.5">
            <span className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate text-base font-medium text-ink">{title}</span>
              {conversation.pinned && <span className="sr-only">{t("keeping.pinned")}</span>}
              {muted && (
                <Muted
                  role="img"
                  aria-label={notify === -1 ? t("keeping.blocked") : t("chats.muted")}
                  className="size-3.5 shrink-0 text-ink-muted"
                />
              )}
              {activeAt > 0 && (
                <time dateTime={new Date(activeAt).toISOString()} className="figures shrink-0 text-xs text-ink-muted">
                  {listLabel(activeAt, now, style)}
                </time>
              )}
            </span>
            <span className="flex h-5 items-center gap-2">
              <span className="min-w-0 flex-1 text-sm text-ink-muted">
                <LastMessage conversation={conversation} showsDraft={!isCurrent} />
              </span>
              <UnreadBadge conversation={conversation} />
            </span>
          </span>
        </Link>
      </RowMenu>
    </RowSwipe>
  );
});
