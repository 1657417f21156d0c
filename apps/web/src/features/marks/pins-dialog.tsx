import type { ConversationView } from "@im-webapp/client";
import { PinOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { momentLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useContentText } from "../conversation/content-text.ts";
import { messagePath } from "../conversation/conversation-path.ts";
import type { Pin } from "./use-pins.ts";
import { mayPin } from "./may-pin.ts";

interface PinsDialogProps {
  readonly conversation: ConversationView;
  readonly pins: readonly Pin[];
  readonly onClose: () => void;
}

/** All that is pinned in a conversation, the last pinned first; whoever may pin may end it here. */
export function PinsDialog({ conversation, pins, onClose }: PinsDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const style = useTimeStyle();
  const now = useNow();
  const { conversationId } = conversation;
  return (
    <Dialog open onOpenChange={onClose} title={t("marks.pinnedCount", { count: pins.length })}>
      <ul className="scroll-pane min-h-40 flex-1 px-2 pb-3">
        {pins.toReversed().map(({ seq, message }) => (
          <li key={seq} className="flex items-center gap-1">
            <Link
              to={messagePath(conversationId, seq)}
              className="flex min-h-14 min-w-0 flex-1 flex-col justify-center rounded-md px-3 py-2 transition-colors hover:bg-hover active:bg-pressed"
              onClick={onClose}
            >
              {message === undefined ? (
                <span className="text-ink-muted">{t("marks.jump")}</span>
              ) : (
                <>
                  <span className="flex items-baseline gap-2 text-sm text-ink-muted">
                    <span className="min-w-0 flex-1 truncate">{nameOf(message.senderId)}</span>
                    <time dateTime={new Date(message.sentAt).toISOString()} className="figures shrink-0 text-xs">
                      {momentLabel(message.sentAt, now, style)}
                    </time>
                  </span>
                  <span className="line-clamp-3 text-base wrap-anywhere">{contentText(message.content)}</span>
                </>
              )}
            </Link>
            {mayPin(conversation) && (
              <IconButton
                icon={PinOff}
                label={t("marks.unpin")}
                onClick={() => {
                  if (pins.length === 1) onClose();
                  // A refusal is told beside the composer.
                  client.pinMessage(conversationId, seq, false).catch(() => undefined);
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
