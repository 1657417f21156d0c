import type { OutgoingMessage, UploadProgress } from "@im-webapp/client";
import { useClient } from "@im-webapp/react";
import { clsx } from "clsx";
import { ArrowUp, Pause } from "lucide-react";
import { useTranslation } from "react-i18next";
import { percentOf } from "./upload-state.ts";

/** Of the ring, in the units of its picture: its middle, and how far out it is drawn. */
const MIDDLE = 24;
const RADIUS = 21;

interface UploadDialProps extends Pick<OutgoingMessage, "clientMessageId"> {
  readonly upload: UploadProgress;
  /** Over a picture, or on the ground of a bubble. */
  readonly on: "picture" | "bubble";
}

/** How far a file is on its way: a ring, and in it what stops it for now or lets it go on. */
export function UploadDial({ clientMessageId, upload, on }: UploadDialProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { name, paused } = upload;
  const percent = percentOf(upload);
  const Icon = paused ? ArrowUp : Pause;
  return (
    <span
      className={clsx(
        "relative inline-flex size-12 shrink-0 rounded-full",
        on === "picture" ? "bg-veil text-on-veil" : "bg-accent-tint text-accent-ink",
      )}
    >
      <svg
        viewBox="0 0 48 48"
        role="progressbar"
        aria-label={t("media.uploadOf", { name })}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="absolute inset-0 size-full -rotate-90"
      >
        <circle cx={MIDDLE} cy={MIDDLE} r={RADIUS} fill="none" stroke="currentColor" strokeWidth={3} opacity={0.25} />
        <circle
          cx={MIDDLE}
          cy={MIDDLE}
          r={RADIUS}
          fill="none"
          stroke="currentColor"
          strokeWidth={3}
          strokeLinecap="round"
          pathLength={100}
          // A round end would show as a dot before anything has been sent.
          strokeDasharray={percent === 0 ? "0 200" : `${percent} 200`}
          className={clsx("transition-[stroke-dasharray] duration-500 ease-linear", percent === 0 && "opacity-0")}
        />
      </svg>
      <button
        type="button"
        aria-label={t(paused ? "media.resumeUpload" : "media.pauseUpload", { name })}
        className="relative inline-flex size-full items-center justify-center rounded-full active:opacity-70"
        onClick={() => void (paused ? client.resumeUpload(clientMessageId) : client.pauseUpload(clientMessageId))}
      >
        <Icon aria-hidden className={clsx("size-5", !paused && "fill-current")} strokeWidth={paused ? 2.25 : 1} />
      </button>
    </span>
  );
}
