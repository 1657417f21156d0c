import type { OutgoingMessage } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { TextButton } from "../../ui/text-button.tsx";
import { useRefusalText } from "../media/use-refusal-text.ts";
import { Bubble } from "./bubble.tsx";
import { MessageFrame } from "./message-row.tsx";
import { outgoingState } from "./message-state.ts";
import type { GroupPlace } from "./timeline-items.ts";

interface OutgoingRowProps extends GroupPlace {
  readonly outgoing: OutgoingMessage;
  readonly ownName: string;
}

/** An own message that the server has not taken yet. One that it refused can be tried again or thrown away. */
export function OutgoingRow({ outgoing, ownName, isFirst, isLast }: OutgoingRowProps) {
  const { t } = useTranslation();
  const client = useClient();
  const refusalText = useRefusalText();
  const { clientMessageId, status, error } = outgoing;
  const isFailed = status === "failed";
  return (
    <MessageFrame isOwn isFirst={isFirst} isLast={isLast} name={ownName} said={outgoing}>
      <Bubble
        content={outgoing.content}
        at={outgoing.createdAt}
        mentions={outgoing.mentions}
        answers={
          outgoing.replyTo === undefined
            ? undefined
            : { conversationId: outgoing.conversationId, seq: outgoing.replyTo }
        }
        isOwn
        isFirst={isFirst}
        isLast={isLast}
        state={outgoingState(outgoing)}
        showsMeta
      />
      {isFailed && (
        <p className="mt-1 flex max-w-full flex-wrap items-center justify-end gap-x-1 text-xs text-danger-ink">
          <span>
            {error === undefined
              ? t("message.failed")
              : t("message.failedBecause", { reason: refusalText(error, "fileId" in outgoing.content) })}
          </span>
          <span className="flex gap-1">
            <TextButton tone="danger" onClick={() => void client.resend(clientMessageId)}>
              {t("message.resend")}
            </TextButton>
            <TextButton tone="danger" onClick={() => void client.discard(clientMessageId)}>
              {t("message.discard")}
            </TextButton>
          </span>
        </p>
      )}
    </MessageFrame>
  );
}
