import { CloudOff, HardDrive } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useClient, useClientState } from "@im-webapp/react";
import { useSettled } from "../lib/use-settled.ts";
import { Notice } from "../ui/notice.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { TextButton } from "../ui/text-button.tsx";
import { useConnection } from "./use-connection.ts";

/** A blip shorter than this is not worth a line on the screen, in milliseconds. */
const BLIP_MS = 400;

/** What is said of each storage that is not as it should be. */
const STORAGE_WORDS = {
  full: "connection.storageFull",
  outdated: "connection.storageOutdated",
  memory: "connection.storageMemory",
} as const;

/** Connecting and receiving, beside the title of the list. */
export function ConnectionProgress() {
  const { text, level } = useConnection();
  const shown = useSettled(level === "progress" ? text : "", BLIP_MS);
  if (shown === "" || level !== "progress") return null;
  return (
    <span aria-hidden className="inline-flex animate-fade-in items-center gap-1.5 text-sm text-ink-muted">
      <Spinner className="size-3.5" />
      {shown}
    </span>
  );
}

/** A lost connection, and storage that does not last, as a line with the next step. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const client = useClient();
  const { text, level, canRetry } = useConnection();
  const storage = useClientState((state) => state.storage);
  const settled = useSettled(level, BLIP_MS);
  const hasProblem = level === "problem" && settled === "problem";
  if (!hasProblem && storage === "persistent") return null;
  return (
    <div className="flex flex-col gap-1 px-2 pb-2">
      {hasProblem && (
        <Notice
          tone="warning"
          icon={CloudOff}
          className="figures animate-fade-in"
          action={
            canRetry && (
              <TextButton tone="inherit" onClick={() => client.reconnectNow()}>
                {t("connection.retryNow")}
              </TextButton>
            )
          }
        >
          {text}
        </Notice>
      )}
      {storage !== "persistent" && (
        <Notice
          tone="warning"
          icon={HardDrive}
          action={
            storage === "outdated" && (
              <TextButton tone="inherit" onClick={() => location.reload()}>
                {t("connection.reload")}
              </TextButton>
            )
          }
        >
          {t(STORAGE_WORDS[storage])}
        </Notice>
      )}
    </div>
  );
}

/** The same states for screen readers, said once per change. */
export function ConnectionAnnouncer() {
  const { status } = useConnection();
  const settled = useSettled(status, BLIP_MS);
  return (
    <div role="status" className="sr-only">
      {settled}
    </div>
  );
}
