import type { ConversationView } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { useTypingText } from "../presence/typing-text.ts";
import { useContentText } from "../conversation/content-text.ts";
import { MessageStateIcon } from "../conversation/message-state-icon.tsx";
import { outgoingState, sentState } from "../conversation/message-state.ts";

interface LastMessageProps {
  readonly conversation: ConversationView;
  /** Whether what stands in the composer is shown instead; there is no need while that is on the screen. */
  readonly showsDraft: boolean;
}

/** What a chat's row says below its name: that one is named there, and then the rest. */
export function LastMessage(props: LastMessageProps) {
  const { t } = useTranslation();
  if (props.conversation.mentioned !== true) return <LastLine {...props} />;
  return (
    <span className="flex items-center gap-1">
      <span className="shrink-0 text-danger-ink">{t("mention.inList")}</span>
      <span className="min-w-0 flex-1">
        <LastLine {...props} />
      </span>
    </span>
  );
}

/** Who is typing at this moment, or what was begun and not sent, or else what was said last with the state of one's own. */
function LastLine({ conversation, showsDraft }: LastMessageProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const ownId = useClientState((state) => state.me?.userId);
  const typing = useTypingText(conversation);
  const { lastOutgoing, lastMessage, type, draft = "" } = conversation;

  if (typing !== null) return <span className="block truncate text-accent-ink">{typing}</span>;
  if (showsDraft && draft.trim() !== "") {
    return (
      <span className="block truncate">
        <span className="text-danger-ink">{t("chats.draft")}</span> {draft}
      </span>
    );
  }
  if (lastOutgoing !== undefined) {
    return (
      <span className="flex items-center gap-1">
        <MessageStateIcon state={outgoingState(lastOutgoing)} />
        <span className="truncate">{contentText(lastOutgoing.content)}</span>
      </span>
    );
  }
  if (lastMessage === undefined) return <span className="block truncate">{t("chats.noMessages")}</span>;
  const text = contentText(lastMessage.content);
  if (lastMessage.senderId === ownId && lastMessage.content.kind !== "system") {
    return (
      <span className="flex items-center gap-1">
        <MessageStateIcon state={sentState(lastMessage, conversation)} />
        <span className="truncate">{text}</span>
      </span>
    );
  }
  const isAttributed = type === "group" && lastMessage.content.kind !== "system";
  return (
    <span className="block truncate">
      {isAttributed ? t("message.preview", { name: nameOf(lastMessage.senderId), text }) : text}
    </span>
  );
}
