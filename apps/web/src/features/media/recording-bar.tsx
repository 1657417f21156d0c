import { SendHorizontal, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { durationText } from "./size-text.ts";
import type { RecorderState } from "./voice-recorder.ts";
import { Waveform } from "./waveform.tsx";

/** Bars of what was heard last. */
const SHOWN_BARS = 40;

interface RecordingBarProps {
  readonly state: Exclude<RecorderState, { status: "idle" }>;
  readonly onSend: () => void;
  readonly onCancel: () => void;
}

/** In the composer's place while one speaks: how long, how loud, and the two ways to end it. */
export function RecordingBar({ state, onSend, onCancel }: RecordingBarProps) {
  const { t } = useTranslation();
  const send = useRef<HTMLButtonElement>(null);
  const isRecording = state.status === "recording";
  const elapsedMs = isRecording ? state.elapsedMs : 0;
  const levels = isRecording ? state.levels.slice(-SHOWN_BARS) : [];
  useEffect(() => {
    if (isRecording) send.current?.focus();
  }, [isRecording]);
  // The shortcut of the button that throws it away, from the other one too.
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onCancel();
  };
  return (
    <div className="shrink-0 border-t border-line bg-surface px-2 pt-2 pb-[calc(--spacing(2)+env(safe-area-inset-bottom,0px))] sm:px-4 sm:pt-3 sm:pb-3">
      <div className="flex items-center gap-2 rounded-lg border border-danger bg-field p-0.5">
        <IconButton icon={Trash2} label={t("media.cancelRecording")} onClick={onCancel} onKeyDown={cancelOnEscape} />
        <span aria-hidden className="size-2.5 shrink-0 animate-breathe rounded-full bg-danger" />
        <span
          role="timer"
          aria-label={t("media.recording", { time: durationText(elapsedMs) })}
          className="figures shrink-0 text-base"
        >
          {durationText(elapsedMs)}
        </span>
        <span className="flex min-w-0 flex-1 justify-end">
          <Waveform
            bars={[
              ...Array.from({ length: SHOWN_BARS - levels.length }, () => 0),
              ...levels.map((level) => Math.min(100, level * 300)),
            ]}
            progress={1}
          />
        </span>
        <button
          ref={send}
          type="button"
          aria-label={t("media.sendRecording")}
          title={t("media.sendRecording")}
          disabled={!isRecording}
          className="inline-flex size-control shrink-0 items-center justify-center rounded-md bg-accent text-on-accent transition-colors not-disabled:hover:bg-accent-hover not-disabled:active:bg-accent-pressed disabled:opacity-60"
          onClick={onSend}
          onKeyDown={cancelOnEscape}
        >
          <SendHorizontal aria-hidden className="size-5" strokeWidth={1.75} />
        </button>
      </div>
    </div>
  );
}
