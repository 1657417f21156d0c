import type { EpochMs, VoiceContent } from "@im-webapp/protocol";
import { Pause, Play } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { toBars } from "./bars.ts";
import { markHeard, useIsUnheard } from "./heard.ts";
import { durationText } from "./size-text.ts";
import { voicePlayer } from "./voice-player.ts";
import { Waveform } from "./waveform.tsx";

/** The room of a bubble's bars, in pixels: more for what takes longer, up to a minute. */
const MIN_BARS_PX = 48;
const MAX_BARS_PX = 176;
const LONG_MS = 60_000;

/** A bar and its gap, in pixels. */
const BAR_PX = 4;

const barsWidth = (durationMs: number) =>
  Math.round(MIN_BARS_PX + (MAX_BARS_PX - MIN_BARS_PX) * Math.min(1, durationMs / LONG_MS));

interface VoiceFaceProps {
  readonly voice: Pick<VoiceContent, "durationMs" | "waveform">;
  /** How much was played, 0 to 1. */
  readonly progress: number;
  /** The time that is shown, in milliseconds. */
  readonly at: number;
}

/** The bars of something spoken and how long it takes. */
function VoiceFace({ voice: { durationMs, waveform = [] }, progress, at }: VoiceFaceProps) {
  const width = barsWidth(durationMs);
  const count = Math.floor(width / BAR_PX);
  const bars = waveform.length === 0 ? Array.from({ length: count }, () => 25) : toBars(waveform, count);
  return (
    <>
      <span className="flex min-w-0 shrink" style={{ width }}>
        <Waveform bars={bars} progress={progress} />
      </span>
      <span className="figures shrink-0 text-sm text-ink-muted">{durationText(Math.max(at, 1_000))}</span>
    </>
  );
}

interface VoiceBodyProps {
  readonly voice: VoiceContent;
  /** How to come by the sound; by default from the server. */
  readonly read?: () => Promise<Blob>;
  /** When somebody else sent it: it is marked until it is played. */
  readonly receivedAt?: EpochMs | undefined;
}

/** Something spoken: as long as it takes, with what was heard of it, and how fast it is played. */
export function VoiceBody({ voice, read, receivedAt }: VoiceBodyProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const { fileId, durationMs } = voice;
  const state = useSyncExternalStore(voicePlayer.subscribe, voicePlayer.get);
  const isLoaded = state.fileId === fileId;
  const status = isLoaded ? state.status : "paused";
  const isPlaying = status === "playing";
  const at = isLoaded ? Math.min(state.at, durationMs) : 0;

  const isUnheard = useIsUnheard(fileId, receivedAt);
  useEffect(() => {
    if (isPlaying && receivedAt !== undefined) markHeard(fileId, receivedAt);
  }, [isPlaying, fileId, receivedAt]);

  const press = () => {
    if (isPlaying || status === "loading") voicePlayer.pause();
    else void voicePlayer.play(fileId, read ?? (() => client.files.read(fileId)));
  };
  const problem = (error: unknown) => {
    const wire = wireErrorOf(error);
    if (wire === null) return t("media.unplayableVoice");
    return wire.code === "NOT_FOUND" ? t("media.gone") : errorText(error);
  };
  const Icon = isPlaying ? Pause : Play;
  return (
    <div className="max-w-full">
      <div className="flex max-w-full items-center gap-2">
        <button
          type="button"
          aria-label={t(isPlaying ? "media.pauseVoice" : "media.playVoice", { duration: durationText(durationMs) })}
          className="hit-area inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-hover active:bg-accent-pressed"
          onClick={press}
        >
          {status === "loading" ? <Spinner /> : <Icon aria-hidden className="size-4 fill-current" />}
        </button>
        <VoiceFace voice={voice} progress={at / durationMs} at={at > 0 ? at : durationMs} />
        {isUnheard && (
          <span role="img" aria-label={t("media.unplayed")} className="size-2 shrink-0 rounded-full bg-danger" />
        )}
        {isLoaded && status !== "failed" && (
          <button
            type="button"
            aria-label={t("media.rate", { rate: state.rate })}
            className="hit-area figures min-w-9 shrink-0 rounded-full bg-pressed px-1.5 py-0.5 text-xs font-medium"
            onClick={() => voicePlayer.nextRate()}
          >
            {state.rate}×
          </button>
        )}
      </div>
      <p role="alert" className="text-xs text-danger-ink empty:hidden">
        {status === "failed" && problem(state.error)}
      </p>
    </div>
  );
}
