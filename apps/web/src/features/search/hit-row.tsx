import type { ConversationView } from "@im-webapp/client";
import { type SearchHit, searchableText } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNameOf } from "../../app/names.ts";
import { listLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { walkList } from "../../lib/walk-list.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { useContentText } from "../conversation/content-text.ts";
import { ConversationAvatar } from "../conversation/conversation-avatar.tsx";
import { leapFromSearch, messagePath } from "../conversation/conversation-path.ts";
import { useConversationTitle } from "../conversation/conversation-title.ts";
import { MarkedPieces } from "./marked-pieces.tsx";
import { type Search, searchPart } from "./search-params.ts";
import { snippetOf } from "./snippet.ts";

const rowClass =
  "flex min-h-16 w-full items-start gap-3 rounded-md px-2 py-2.5 text-left transition-colors hover:bg-hover active:bg-pressed focus-visible:-outline-offset-2";

/** What a message says, with what was found marked; what it is where it says nothing. */
function Snippet({ hit }: { readonly hit: SearchHit }) {
  const contentText = useContentText();
  const pieces = snippetOf(searchableText(hit.message.content), hit.ranges);
  return (
    <span className="line-clamp-2 text-sm wrap-anywhere text-ink-muted">
      {pieces.length === 0 ? contentText(hit.message.content) : <MarkedPieces pieces={pieces} />}
    </span>
  );
}

/** One found message; leads to its place. */
export function HitRow({ hit, search }: { readonly hit: SearchHit; readonly search: Search }) {
  const nameOf = useNameOf();
  const style = useTimeStyle();
  const now = useNow();
  const { conversationId, seq, senderId, sentAt } = hit.message;
  const name = nameOf(senderId);
  return (
    <Link
      to={`${messagePath(conversationId, seq)}${searchPart(search)}`}
      {...leapFromSearch()}
      className={rowClass}
      onKeyDown={walkList}
    >
      <Avatar id={senderId} name={name} className="size-10 shrink-0" />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate text-base font-medium text-ink">{name}</span>
          <span className="figures shrink-0 text-xs text-ink-muted">{listLabel(sentAt, now, style)}</span>
        </span>
        <Snippet hit={hit} />
      </span>
    </Link>
  );
}

interface ConversationHitsProps {
  readonly conversation: ConversationView;
  /** Those of the conversation that were read so far, the newest first. */
  readonly hits: readonly SearchHit[];
  /** Whether there may be more of them. */
  readonly isOpen: boolean;
  readonly search: Search;
  readonly onLookIn: () => void;
}

/** What was found in one conversation: the only message, or how many there are. */
export function ConversationHits({ conversation, hits, isOpen, search, onLookIn }: ConversationHitsProps) {
  const { t } = useTranslation();
  const title = useConversationTitle(conversation);
  const style = useTimeStyle();
  const now = useNow();
  const [first] = hits;
  if (first === undefined) return null;
  const inner = (
    <>
      <ConversationAvatar conversation={conversation} />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate text-base font-medium text-ink">{title}</span>
          <span className="figures shrink-0 text-xs text-ink-muted">{listLabel(first.message.sentAt, now, style)}</span>
        </span>
        {hits.length === 1 ? (
          <Snippet hit={first} />
        ) : (
          <span className="figures text-sm text-ink-muted">
            {t(isOpen ? "search.hitsAtLeast" : "search.hits", { count: hits.length })}
          </span>
        )}
      </span>
    </>
  );
  return hits.length === 1 ? (
    <Link
      to={`${messagePath(conversation.conversationId, first.message.seq)}${searchPart(search)}`}
      {...leapFromSearch()}
      className={rowClass}
      onKeyDown={walkList}
    >
      {inner}
    </Link>
  ) : (
    <button type="button" className={rowClass} onClick={onLookIn} onKeyDown={walkList}>
      {inner}
    </button>
  );
}
