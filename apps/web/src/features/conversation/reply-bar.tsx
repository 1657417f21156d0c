import type { Message } from "@im-webapp/protocol";
import { Reply } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNameOf } from "../../app/names.ts";
import { ComposingBar } from "./composing-bar.tsx";
import { useContentText } from "./content-text.ts";
import { useQuoted } from "./use-quoted.ts";

interface ReplyBarProps {
  /** As it was when the answer began. */
  readonly message: Message;
  readonly onCancel: () => void;
}

/** What is being answered, over the composer; what it says by now, for it may be edited or recalled meanwhile. */
export function ReplyBar({ message, onCancel }: ReplyBarProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const contentText = useContentText();
  const quoted = useQuoted(message.conversationId, message.seq);
  const { senderId, content } = quoted.kind === "known" ? quoted.message : message;
  return (
    <ComposingBar
      icon={Reply}
      title={t("actions.replyTo", { name: nameOf(senderId) })}
      text={contentText(content)}
      cancel={t("actions.cancelReply")}
      onCancel={onCancel}
    />
  );
}
