import type { Message, ReceiptsResponse, UserId } from "@im-webapp/protocol";
import { CheckCheck, Clock } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Listing } from "./listing.tsx";
import { usePages } from "./use-pages.ts";

type Side = "read" | "unread";

interface ReadersDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** Who has read a message, and who has not yet. */
export function ReadersDialog({ message, onClose }: ReadersDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const nameOf = useNameOf();
  const [side, setSide] = useState<Side>("read");
  const [counts, setCounts] = useState<ReceiptsResponse["counts"]>();
  const { conversationId, seq } = message;
  const load = useCallback(
    async (page?: string) => {
      const answer = await client.readers(conversationId, seq, page, side === "unread");
      if (answer.counts) setCounts(answer.counts);
      return { items: answer.readers, next: answer.page };
    },
    [client, conversationId, seq, side],
  );
  const pages = usePages<UserId>(load);
  return (
    <Dialog open onOpenChange={onClose} title={t("marks.readers")}>
      <div className="px-4 pb-2">
        <Segmented<Side>
          label={t("marks.readers")}
          value={side}
          options={[
            { value: "read", label: counts ? t("marks.readCount", { count: counts.read }) : t("marks.read") },
            { value: "unread", label: counts ? t("marks.unreadCount", { count: counts.unread }) : t("marks.unread") },
          ]}
          onChange={setSide}
        />
      </div>
      <Listing
        pages={pages}
        label={t(side === "read" ? "marks.read" : "marks.unread")}
        empty={
          side === "read"
            ? { icon: Clock, title: t("marks.nobodyRead") }
            : { icon: CheckCheck, title: t("marks.everybodyRead") }
        }
        keyOf={(userId) => userId}
      >
        {(userId) => (
          <Link
            to={`/u/${encodeURIComponent(userId)}`}
            className="flex h-14 items-center gap-3 rounded-md px-2 transition-colors hover:bg-hover active:bg-pressed"
          >
            <Avatar id={userId} name={nameOf(userId)} />
            <span className="min-w-0 flex-1 truncate text-base">{nameOf(userId)}</span>
          </Link>
        )}
      </Listing>
    </Dialog>
  );
}
