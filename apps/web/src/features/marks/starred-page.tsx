import type { StarsResponse } from "@im-webapp/protocol";
import { Star, StarOff } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient, useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { momentLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { BackHeader } from "../../ui/back-header.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useContentText } from "../conversation/content-text.ts";
import { messagePath } from "../conversation/conversation-path.ts";
import { Listing } from "./listing.tsx";
import { usePages } from "./use-pages.ts";

type Starred = StarsResponse["stars"][number];

const keyOf = ({ message }: Starred) => message.messageId;

function StarredRow({ starred, onRemove }: { readonly starred: Starred; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const style = useTimeStyle();
  const now = useNow();
  const { message, starredAt } = starred;
  const { conversationId, seq, senderId } = message;
  const view = useClientState((state) => state.conversations.find((each) => each.conversationId === conversationId));
  const place = view?.type === "group" ? view.title : undefined;
  const name = nameOf(senderId);
  return (
    <div className="flex items-start gap-1 rounded-md transition-colors hover:bg-hover">
      <Link
        to={messagePath(conversationId, seq)}
        aria-label={`${name}: ${contentText(message.content)}. ${t("marks.jump")}`}
        className="flex min-w-0 flex-1 gap-3 rounded-md px-3 py-3"
      >
        <Avatar id={senderId} name={name} className="size-10 shrink-0" />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="truncate text-sm text-ink-muted">
            {place === undefined ? name : t("marks.starredFrom", { name, place })}
          </span>
          <span className="line-clamp-4 text-base wrap-anywhere text-ink">{contentText(message.content)}</span>
          <span className="figures text-xs text-ink-muted">
            {t("marks.starredAt", { time: momentLabel(starredAt, now, style) })}
          </span>
        </span>
      </Link>
      <span className="pt-2 pr-1">
        <IconButton icon={StarOff} label={t("marks.unstar")} onClick={onRemove} />
      </span>
    </div>
  );
}

/** One's own starred messages, the last starred first, each with the way to its place. */
export function StarredPage() {
  const { t } = useTranslation();
  const client = useClient();
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const load = useCallback(
    async (page?: string) => {
      const answer = await client.marks.stars(page);
      return { items: answer.stars, next: answer.page };
    },
    [client],
  );
  const pages = usePages<Starred>(load);
  const shown = { ...pages, items: pages.items.filter((starred) => !removed.has(keyOf(starred))) };
  const remove = (starred: Starred) => {
    const { conversationId, seq } = starred.message;
    setRemoved((held) => new Set(held).add(keyOf(starred)));
    client.starMessage(conversationId, seq, false).catch(() => {
      setRemoved((held) => new Set([...held].filter((key) => key !== keyOf(starred))));
    });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <BackHeader title={t("marks.starred")} to="/" />
      <div className="mx-auto flex min-h-0 w-full max-w-160 flex-1 flex-col pt-2">
        <Listing
          pages={shown}
          label={t("marks.starred")}
          empty={{ icon: Star, title: t("marks.starredEmpty"), hint: t("marks.starredEmptyHint") }}
          keyOf={keyOf}
        >
          {(starred) => <StarredRow starred={starred} onRemove={() => remove(starred)} />}
        </Listing>
      </div>
    </div>
  );
}
