import type { OutgoingMessage } from "@im-webapp/client";
import { Pause, Play, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { IconButton } from "../../ui/icon-button.tsx";
import { sizeText } from "./size-text.ts";

interface UploadStateProps {
  readonly clientMessageId: string;
  readonly upload: NonNullable<OutgoingMessage["upload"]>;
}

/** How far a file has come, and what can be done about it. */
export function UploadState({ clientMessageId, upload: { name, size, sent, status } }: UploadStateProps) {
  const { t } = useTranslation();
  const client = useClient();
  const percent = size === 0 ? 0 : Math.floor((Math.min(sent, size) / size) * 100);
  const isPaused = status === "paused";
  const said =
    status === "waiting" ? t("media.uploadWaiting") : isPaused ? t("media.uploadPaused", { percent }) : `${percent}%`;
  return (
    <div className="mt-1 flex w-56 max-w-full sm:w-64 items-center gap-1">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="figures flex justify-between gap-2 text-xs text-ink-muted">
          <span className="truncate">{said}</span>
          <span className="shrink-0">
            {sizeText(Math.min(sent, size))} / {sizeText(size)}
          </span>
        </p>
        <div
          role="progressbar"
          aria-label={t("media.uploadOf", { name })}
          aria-valuenow={percent}
          aria-valuetext={said}
          className="h-1 overflow-hidden rounded-full bg-pressed"
        >
          <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
        </div>
      </div>
      <IconButton
        icon={isPaused ? Play : Pause}
        label={t(isPaused ? "media.resumeUpload" : "media.pauseUpload")}
        onClick={() => void (isPaused ? client.resumeUpload(clientMessageId) : client.pauseUpload(clientMessageId))}
      />
      <IconButton icon={X} label={t("media.cancelUpload")} onClick={() => void client.discard(clientMessageId)} />
    </div>
  );
}
