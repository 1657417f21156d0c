import type { ConversationView, MessageWindow } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Spinner } from "../../ui/spinner.tsx";
import { TextButton } from "../../ui/text-button.tsx";

interface TimelineHeadProps {
  readonly conversation: ConversationView;
  readonly window: MessageWindow;
}

/** Above the oldest message in memory: loading more, why that failed, or that this is where it all began. */
export function TimelineHead({ conversation, window }: TimelineHeadProps) {
  const { t } = useTranslation();
  const client = useClient();
  const retry = () => void client.loadBefore(conversation.conversationId);
  return (
    <div className="flex min-h-12 items-center justify-center gap-1 px-4 text-xs text-ink-muted">
      {window.error !== undefined ? (
        <>
          {t("message.loadFailed")}
          <TextButton onClick={retry}>{t("common.retry")}</TextButton>
        </>
      ) : window.more.before ? (
        <>
          <Spinner />
          <span className="sr-only">{t("common.loading")}</span>
        </>
      ) : (
        window.messages.length > 0 && t("message.beginning")
      )}
    </div>
  );
}
