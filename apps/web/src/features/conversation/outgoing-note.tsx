import type { OutgoingMessage } from "@im-webapp/client";
import { useClient, useClientState } from "@im-webapp/react";
import { useTranslation } from "react-i18next";
import { wireErrorOf } from "../../lib/error-text.ts";
import { TextButton } from "../../ui/text-button.tsx";
import { percentOf, uploadWords } from "../media/upload-state.ts";
import { useRefusalText } from "../media/use-refusal-text.ts";

interface OutgoingNoteProps {
  readonly outgoing: OutgoingMessage;
}

/** Under a message that was refused: why, and what can be done. */
export function FailedNote({ outgoing }: OutgoingNoteProps) {
  const { t } = useTranslation();
  const client = useClient();
  const refusalText = useRefusalText();
  const { clientMessageId, content, error } = outgoing;
  const carriesFile = "fileId" in content;
  // Its file never came to the server, and is not on this device either.
  const isLost = carriesFile && content.fileId === "" && wireErrorOf(error)?.code === "NOT_FOUND";
  return (
    <p className="mt-1 flex max-w-full flex-wrap items-center justify-end gap-x-1 text-xs text-danger-ink">
      <span>
        {error === undefined
          ? t("message.failed")
          : t("message.failedBecause", { reason: isLost ? t("media.failedLost") : refusalText(error, carriesFile) })}
      </span>
      <span className="flex gap-1">
        {!isLost && (
          <TextButton tone="danger" onClick={() => void client.resend(clientMessageId)}>
            {t("message.resend")}
          </TextButton>
        )}
        <TextButton tone="danger" onClick={() => void client.discard(clientMessageId)}>
          {t("message.discard")}
        </TextButton>
      </span>
    </p>
  );
}

/** Under a file that is on its way: how far it is, or why it does not move, and the way to give it up. */
export function UploadNote({ outgoing }: OutgoingNoteProps) {
  const { t } = useTranslation();
  const client = useClient();
  const isOnline = useClientState(({ connection }) => connection.status === "online");
  const words = uploadWords(outgoing, isOnline);
  const { clientMessageId, upload } = outgoing;
  if (words === undefined || upload === undefined) return null;
  const percent = percentOf(upload);
  return (
    <p className="figures mt-1 flex max-w-full flex-wrap items-center justify-end gap-x-2 text-xs text-ink-muted">
      <span>{t(`media.upload_${words}`, { percent })}</span>
      <TextButton
        aria-label={t("media.cancelUploadOf", { name: upload.name })}
        onClick={() => void client.discard(clientMessageId)}
      >
        {t("media.cancelUpload")}
      </TextButton>
    </p>
  );
}
