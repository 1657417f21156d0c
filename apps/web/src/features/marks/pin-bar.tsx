import type { ConversationView } from "@im-webapp/client";
import { List, Pin as PinIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNameOf } from "../../app/names.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useContentText } from "../conversation/content-text.ts";
import { messagePath } from "../conversation/conversation-path.ts";
import { PinsDialog } from "./pins-dialog.tsx";
import { usePins } from "./use-pins.ts";

/** What is pinned in a conversation, at its top: the last pinned message, and the way to all of them. */
export function PinBar({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const pins = usePins(conversation);
  const [isListed, setListed] = useState(false);
  const last = pins.at(-1);
  if (last === undefined) return null;
  const { message } = last;
  return (
    <aside
      aria-label={t("marks.pinned")}
      className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface pr-2 pl-4"
    >
      <PinIcon aria-hidden className="size-4 shrink-0 text-accent-ink" strokeWidth={1.75} />
      <Link
        to={messagePath(conversation.conversationId, last.seq)}
        className="flex h-full min-w-0 flex-1 flex-col justify-center rounded-sm"
      >
        <span className="text-xs font-medium text-accent-ink">
          {pins.length > 1 ? t("marks.pinnedCount", { count: pins.length }) : t("marks.pinned")}
        </span>
        <span className="truncate text-sm text-ink">
          {message === undefined
            ? t("marks.pinnedUnknown")
            : t("message.preview", { name: nameOf(message.senderId), text: contentText(message.content) })}
        </span>
      </Link>
      <IconButton icon={List} label={t("marks.pinList")} onClick={() => setListed(true)} />
      {isListed && <PinsDialog conversation={conversation} pins={pins} onClose={() => setListed(false)} />}
    </aside>
  );
}
