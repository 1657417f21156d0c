import type { EditsResponse, Message } from "@im-webapp/protocol";
import { History } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { fullLabel } from "../../lib/time.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useContentText } from "../conversation/content-text.ts";
import { Listing } from "./listing.tsx";
import { usePages } from "./use-pages.ts";

type Version = Pick<EditsResponse["edits"][number], "version" | "at" | "content">;

interface HistoryDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** What a message says, and what it said before each edit. */
export function HistoryDialog({ message, onClose }: HistoryDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const style = useTimeStyle();
  const contentText = useContentText();
  const { conversationId, seq, version } = message;
  const load = useCallback(
    async (page?: string) => {
      const answer = await client.marks.edits(conversationId, seq, page);
      return { items: answer.edits, next: answer.page };
    },
    [client, conversationId, seq],
  );
  const pages = usePages<Version>(load);
  const now: Version = { version, at: message.editedAt ?? message.sentAt, content: message.content };
  const withNow = pages.items.length > 0 ? { ...pages, items: [now, ...pages.items] } : pages;
  return (
    <Dialog open onOpenChange={onClose} title={t("marks.history")}>
      <p className="px-5 pb-2 text-sm text-ink-muted">{t("marks.historyNote")}</p>
      <Listing
        pages={withNow}
        label={t("marks.history")}
        empty={{ icon: History, title: t("marks.historyEmpty") }}
        keyOf={(item) => String(item.version)}
      >
        {(item) => (
          <div className="flex flex-col gap-1 border-b border-line px-3 py-3 [li:last-child>&]:border-b-0">
            <p className="flex gap-2 text-xs text-ink-muted">
              {item === now && <span className="font-medium text-accent-ink">{t("marks.historyNow")}</span>}
              <time dateTime={new Date(item.at).toISOString()} className="figures">
                {fullLabel(item.at, style)}
              </time>
            </p>
            <p className="text-message whitespace-pre-wrap wrap-anywhere">{contentText(item.content)}</p>
          </div>
        )}
      </Listing>
    </Dialog>
  );
}
