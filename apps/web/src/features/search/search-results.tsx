import type { ConversationView } from "@im-webapp/client";
import type { SearchHit } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Search as SearchIcon, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { useSettled } from "../../lib/use-settled.ts";
import { walkList } from "../../lib/walk-list.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { type JumpTarget, useJumpTargets } from "../shortcuts/use-jump-targets.ts";
import { ConversationHits, HitRow } from "./hit-row.tsx";
import { SearchFilters } from "./search-filters.tsx";
import type { Search } from "./search-params.ts";
import { type MessageHits, useMessageHits } from "./use-message-hits.ts";

/** Most chats and people that stand above the messages. */
const MOST_TARGETS = 6;
/** How long a search may take before a skeleton stands for what it will find, in milliseconds. */
const SKELETON_AFTER_MS = 150;

function Targets({ targets }: { readonly targets: readonly JumpTarget[] }) {
  const { t } = useTranslation();
  if (targets.length === 0) return null;
  return (
    <section aria-label={t("search.chats")}>
      <ListHeading text={t("search.chats")} />
      <ul>
        {targets.map(({ key, path, conversation, userId, name, others }) => (
          <li key={key}>
            <Link
              to={path}
              className="flex h-14 items-center gap-3 rounded-md px-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2 active:bg-pressed"
              onKeyDown={walkList}
            >
              {conversation === undefined ? (
                <Avatar id={userId ?? ""} name={name} className="size-10" />
              ) : (
                <ConversationAvatar conversation={conversation} />
              )}
              <span className="min-w-0 flex-1 truncate text-base font-medium">{name}</span>
              <span className="max-w-32 truncate text-xs text-ink-muted">
                {conversation?.type === "group" ? t("jump.group") : others?.[0]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The hits by conversation, in the order of the newest of each. */
function byConversation(hits: readonly SearchHit[]): [string, SearchHit[]][] {
  const found = new Map<string, SearchHit[]>();
  for (const hit of hits) {
    const { conversationId } = hit.message;
    const held = found.get(conversationId);
    if (held) held.push(hit);
    else found.set(conversationId, [hit]);
  }
  return [...found];
}

interface MessagesProps {
  readonly search: Search;
  readonly found: MessageHits;
  readonly onChange: (search: Search) => void;
}

function Messages({ search, found, onChange }: MessagesProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const conversations = useClientState((state) => state.conversations);
  const isSlow = useSettled(found.status === "searching", SKELETON_AFTER_MS, false) && found.status === "searching";
  const { hits, status, page, loadMore, error } = found;
  const views = new Map<string, ConversationView>(conversations.map((view) => [view.conversationId, view]));
  return (
    <section aria-label={t("search.messages")}>
      {hits.length > 0 && <ListHeading text={t("search.messages")} />}
      <ul>
        {search.within === undefined
          ? byConversation(hits).map(([conversationId, those]) => {
              const conversation = views.get(conversationId);
              return (
                conversation && (
                  <li key={conversationId}>
                    <ConversationHits
                      conversation={conversation}
                      hits={those}
                      isOpen={page !== undefined}
                      search={search}
                      onLookIn={() => onChange({ ...search, within: conversationId })}
                    />
                  </li>
                )
              );
            })
          : hits.map((hit) => (
              <li key={hit.message.messageId}>
                <HitRow hit={hit} search={search} />
              </li>
            ))}
      </ul>
      {isSlow && hits.length === 0 && (
        <div role="status" aria-label={t("search.searching")}>
          <PeopleSkeleton rows={4} />
        </div>
      )}
      <div role="alert" className="px-2 pt-2 empty:hidden">
        {status === "failed" && (
          <Notice
            tone="danger"
            action={
              <TextButton tone="inherit" onClick={loadMore}>
                {t("common.retry")}
              </TextButton>
            }
          >
            {t("search.failed", { reason: errorText(error) })}
          </Notice>
        )}
      </div>
      {page !== undefined && status !== "failed" && (
        <div className="flex justify-center py-2">
          <Button variant="ghost" busy={status === "searching"} onClick={loadMore}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Nothing was found, or nothing has been asked for. */
function Nothing({ search, isIdle }: { readonly search: Search; readonly isIdle: boolean }) {
  const { t } = useTranslation();
  if (isIdle) return <EmptyState icon={SearchIcon} title={t("search.start")} hint={t("search.startHint")} />;
  const query = search.query.trim();
  const title = query === "" ? t("search.noneFiltered") : t("search.none", { query });
  return <EmptyState icon={SearchX} title={title} hint={t("search.noneHint")} />;
}

/** What a search finds: chats and people by name, and messages by their words. */
export function SearchResults({ search, onChange }: Omit<MessagesProps, "found">) {
  const { t } = useTranslation();
  const found = useMessageHits(search);
  const isNamed = search.within === undefined && search.query.trim() !== "";
  const targets = useJumpTargets(search.query);
  const named = isNamed ? targets.slice(0, MOST_TARGETS) : [];
  const isNothing =
    named.length + found.hits.length === 0 &&
    (found.status === "idle" || (found.status === "ready" && found.page === undefined));
  return (
    <>
      <SearchFilters search={search} hits={found.hits} onChange={onChange} />
      {found.source === "cache" && found.status === "ready" && (
        <p role="status" className="mx-4 mb-1 rounded-md bg-canvas px-3 py-2 text-sm text-ink-muted">
          {t("search.offline")}
        </p>
      )}
      <div
        role="region"
        aria-label={t("search.results")}
        data-walk
        className={clsx("scroll-pane flex flex-1 flex-col px-2 pb-2", isNothing && "justify-center")}
      >
        <Targets targets={named} />
        <Messages search={search} found={found} onChange={onChange} />
        <div role="status" className="contents">
          {isNothing && <Nothing search={search} isIdle={found.status === "idle"} />}
        </div>
      </div>
    </>
  );
}
