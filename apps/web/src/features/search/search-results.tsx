import type { ConversationView } from "@im-webapp/client";
import type { SearchHit } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Search as SearchIcon, SearchX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { walkList } from "../../lib/walk-list.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { type JumpTarget, useJumpTargets } from "../shortcuts/use-jump-targets.ts";
import { AllFiles, FirstFiles } from "./file-results.tsx";
import { ConversationHits, HitRow } from "./hit-row.tsx";
import { HitsFoot } from "./hits-foot.tsx";
import { SearchFilters } from "./search-filters.tsx";
import type { Search } from "./search-params.ts";
import { type Hits, useFileHits, useMessageHits } from "./use-hits.ts";

/** Most chats and people that stand above the messages. */
const MOST_TARGETS = 6;

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
  readonly found: Hits<SearchHit>;
  readonly onChange: (search: Search) => void;
}

function Messages({ search, found, onChange }: MessagesProps) {
  const { t } = useTranslation();
  const conversations = useClientState((state) => state.conversations);
  const { hits, page } = found;
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
      <HitsFoot found={found} />
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

/** What a search finds: chats, people and files by name, and messages by their words. */
export function SearchResults({ search, onChange }: Omit<MessagesProps, "found">) {
  const { t } = useTranslation();
  const isForFiles = search.kind === "file" || search.kind === "image";
  const files = useFileHits(search, isForFiles || search.kind === undefined);
  const messages = useMessageHits(search, !isForFiles);
  const isNamed = search.within === undefined && search.kind === undefined && search.query.trim() !== "";
  const targets = useJumpTargets(search.query);
  const named = isNamed ? targets.slice(0, MOST_TARGETS) : [];
  // A file stands in its own part, and what is left are the messages that say something.
  const said = { ...messages, hits: messages.hits.filter(({ message }) => message.content.kind !== "file") };
  const found = isForFiles ? files : said;
  const isEmpty = named.length + files.hits.length + (isForFiles ? 0 : said.hits.length) === 0;
  const isNothing =
    isEmpty &&
    (found.status === "idle" || (found.status === "ready" && found.page === undefined)) &&
    files.status !== "searching";
  return (
    <>
      <SearchFilters search={search} senders={found.hits.map(({ message }) => message.senderId)} onChange={onChange} />
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
        {isForFiles ? (
          <AllFiles search={search} found={files} />
        ) : (
          <>
            <FirstFiles search={search} found={files} onAll={() => onChange({ ...search, kind: "file" })} />
            <Messages search={search} found={said} onChange={onChange} />
          </>
        )}
        <div role="status" className="contents">
          {isNothing && <Nothing search={search} isIdle={found.status === "idle"} />}
        </div>
      </div>
    </>
  );
}
