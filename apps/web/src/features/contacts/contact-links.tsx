import type { ConversationView } from "@im-webapp/client";
import type { User } from "@im-webapp/protocol";
import { clsx } from "clsx";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNameOf } from "../../app/names.ts";
import { walkList } from "../../lib/walk-list.ts";
import { PersonLine } from "../../ui/person-line.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { conversationPath } from "../conversation/conversation-path.ts";
import { useConversationTitle } from "../conversation/conversation-title.ts";

const linkClass = (isCurrent: boolean) =>
  clsx(
    "flex h-14 items-center gap-3 rounded-md px-2 transition-colors focus-visible:-outline-offset-2",
    isCurrent ? "bg-selected" : "hover:bg-hover active:bg-pressed",
  );

interface RowLinkProps {
  /** Leads to other lines of the list; those beside it by default. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

interface PersonLinkProps extends RowLinkProps {
  readonly user: User;
  readonly isCurrent: boolean;
  readonly isOwn?: boolean;
}

/** A person in a list; leads to their card. */
export function PersonLink({ user, isCurrent, isOwn = false, onKeyDown = walkList }: PersonLinkProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return (
    <Link
      to={`/u/${encodeURIComponent(user.userId)}`}
      aria-current={isCurrent ? "page" : undefined}
      className={linkClass(isCurrent)}
      onKeyDown={onKeyDown}
    >
      <PersonLine user={user} name={nameOf(user.userId, user)} note={isOwn ? t("common.you") : undefined} />
    </Link>
  );
}

interface GroupLinkProps extends RowLinkProps {
  readonly conversation: ConversationView;
}

/** A group in a list; leads into its conversation. */
export function GroupLink({ conversation, onKeyDown = walkList }: GroupLinkProps) {
  const { t } = useTranslation();
  const title = useConversationTitle(conversation);
  return (
    <Link to={conversationPath(conversation.conversationId)} className={linkClass(false)} onKeyDown={onKeyDown}>
      <ConversationAvatar conversation={conversation} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-base font-medium">{title}</span>
        {conversation.memberCount !== undefined && (
          <span className="figures truncate text-sm text-ink-muted">
            {t("conversation.members", { count: conversation.memberCount })}
          </span>
        )}
      </span>
    </Link>
  );
}
