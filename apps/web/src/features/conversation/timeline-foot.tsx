import type { MessageWindow } from "@im-webapp/client";
import type { ConversationId } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { Spinner } from "../../ui/spinner.tsx";
import { TextButton } from "../../ui/text-button.tsx";

interface TimelineFootProps {
  readonly conversationId: ConversationId;
  readonly window: MessageWindow;
}

/** Below the newest message in memory where that is not the newest of all: loading more, or why that failed. */
export function TimelineFoot({ conversationId, window }: TimelineFootProps) {
  const { t } = useTranslation();
  const client = useClient();
  if (window.atEnd) return null;
  return (
    <div className="flex min-h-12 items-center justify-center gap-1 px-4 text-xs text-ink-muted">
      {window.error === undefined ? (
        <>
          <Spinner />
          <span className="sr-only">{t("common.loading")}</span>
        </>
      ) : (
        <>
          {t("message.loadNewerFailed")}
          <TextButton onClick={() => void client.loadAfter(conversationId)}>{t("common.retry")}</TextButton>
        </>
      )}
    </div>
  );
}
