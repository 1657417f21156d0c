import type { FileHit } from "@im-webapp/protocol";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { listLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { walkList } from "../../lib/walk-list.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useContentText } from "../conversation/content-text.ts";
import { leapFromSearch, messagePath } from "../conversation/conversation-path.ts";
import { useTitleOf } from "../conversation/conversation-title.ts";
import { sizeText } from "../media/size-text.ts";
import { useDownload } from "../media/use-download.ts";
import { FileTile } from "./file-tile.tsx";
import { MarkedPieces } from "./marked-pieces.tsx";
import { type Search, searchPart } from "./search-params.ts";
import { snippetOf } from "./snippet.ts";

/** One found file: leads to the message that it came with, and can be saved on the device. */
export function FileRow({ hit, search }: { readonly hit: FileHit; readonly search: Search }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const titleOf = useTitleOf();
  const contentText = useContentText();
  const errorText = useErrorText();
  const style = useTimeStyle();
  const now = useNow();
  const { message, file, ranges } = hit;
  const { conversationId, seq, senderId, sentAt, content } = message;
  const { isAsking, error, start } = useDownload(file.fileId);
  const view = useClientState((state) => state.conversations.find((each) => each.conversationId === conversationId));
  // Of a direct chat the sender says enough, and so does the chat that is looked in.
  const place = search.within === undefined && view?.type === "group" ? titleOf(view) : undefined;
  const name = file.name ?? contentText(content);
  const details = [sizeText(file.size), nameOf(senderId), place].filter((each) => each !== undefined);
  return (
    <div className="flex items-center rounded-md transition-colors hover:bg-hover">
      <Link
        to={`${messagePath(conversationId, seq)}${searchPart(search)}`}
        {...leapFromSearch()}
        className="flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-md py-2 pl-2 focus-visible:-outline-offset-2 active:bg-pressed"
        onKeyDown={walkList}
      >
        <FileTile content={content} name={name} mime={file.mime} />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex items-baseline gap-2">
            <span title={name} className="line-clamp-2 min-w-0 flex-1 text-base font-medium wrap-anywhere text-ink">
              {file.name === undefined ? name : <MarkedPieces pieces={snippetOf(file.name, ranges)} />}
            </span>
            <span className="figures shrink-0 text-xs text-ink-muted">{listLabel(sentAt, now, style)}</span>
          </span>
          <span className="figures truncate text-xs text-ink-muted">{details.join(" · ")}</span>
          <span role="alert" className="text-xs text-danger-ink empty:hidden">
            {error !== null && (wireErrorOf(error)?.code === "NOT_FOUND" ? t("media.gone") : errorText(error))}
          </span>
        </span>
      </Link>
      <IconButton
        icon={Download}
        label={t("media.download", { name, size: sizeText(file.size) })}
        disabled={isAsking}
        aria-busy={isAsking || undefined}
        onClick={() => void start()}
      />
    </div>
  );
}
