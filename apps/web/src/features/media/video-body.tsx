import type { VideoContent } from "@im-webapp/protocol";
import { Film, Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { fitSize } from "./fit-size.ts";
import { durationText } from "./size-text.ts";
import { useDownload } from "./use-download.ts";
import { useFile } from "./use-file.ts";
import { voicePlayer } from "./voice-player.ts";

type Playing =
  | { readonly status: "still" }
  | { readonly status: "asking" }
  | { readonly status: "playing"; readonly url: string }
  | { readonly status: "unplayable" }
  | { readonly status: "refused"; readonly error: unknown };

/** A film: its picture, and pressed the film itself, of which only what is watched is fetched. */
export function VideoBody({ video }: { readonly video: VideoContent }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const download = useDownload(video.fileId);
  const poster = useFile(video.thumbnail, "thumbnail");
  const [state, setState] = useState<Playing>({ status: "still" });
  const room = fitSize(video);
  const play = async () => {
    setState({ status: "asking" });
    try {
      const { url } = await client.files.link(video.fileId);
      voicePlayer.pause();
      setState({ status: "playing", url });
    } catch (error) {
      setState({ status: "refused", error });
    }
  };
  return (
    <div className="max-w-full" style={{ width: room.width }}>
      <div
        className="relative max-w-full overflow-hidden rounded-md bg-pressed"
        style={{ aspectRatio: `${room.width} / ${room.height}` }}
      >
        {state.status === "playing" ? (
          // What people film has no captions.
          // oxlint-disable-next-line jsx-a11y/media-has-caption
          <video
            src={state.url}
            controls
            autoPlay
            playsInline
            aria-label={t("media.video")}
            className="absolute inset-0 z-10 size-full bg-veil object-contain"
            onError={() => setState({ status: "unplayable" })}
          />
        ) : (
          <button
            type="button"
            aria-label={t("media.playVideo", { duration: durationText(video.durationMs) })}
            aria-busy={state.status === "asking" || undefined}
            className="absolute inset-0 flex items-center justify-center focus-visible:-outline-offset-4"
            onClick={() => {
              if (state.status !== "asking") void play();
            }}
          >
            {poster.held.status === "ready" ? (
              <img src={poster.held.url} alt="" className="absolute inset-0 size-full object-cover" />
            ) : (
              <Film aria-hidden className="absolute top-3 left-3 size-5 text-ink-muted" strokeWidth={1.75} />
            )}
            <span className="relative inline-flex size-12 items-center justify-center rounded-full bg-veil text-on-veil">
              {state.status === "asking" ? (
                <Spinner className="size-6" />
              ) : (
                <Play aria-hidden className="ml-0.5 size-6 fill-current" />
              )}
            </span>
            <span className="figures absolute top-2 left-2 rounded-full bg-veil px-2 text-xs text-on-veil">
              {durationText(video.durationMs)}
            </span>
          </button>
        )}
      </div>
      <div role="alert" className="empty:hidden">
        {state.status === "unplayable" && (
          <Notice
            tone="warning"
            className="mt-1"
            action={<TextButton onClick={() => void download.start()}>{t("media.save")}</TextButton>}
          >
            {t("media.unplayable")}
          </Notice>
        )}
        {state.status === "refused" && (
          <Notice tone="danger" className="mt-1">
            {wireErrorOf(state.error)?.code === "NOT_FOUND" ? t("media.gone") : errorText(state.error)}
          </Notice>
        )}
      </div>
    </div>
  );
}
