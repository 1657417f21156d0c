import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { type RecorderState, VoiceRecorder } from "./voice-recorder.ts";

const PROBLEM_TEXTS = {
  denied: "media.microphoneDenied",
  missing: "media.microphoneMissing",
  busy: "media.microphoneBusy",
  insecure: "media.microphoneInsecure",
  tooShort: "media.recordTooShort",
} as const;

interface Recorder {
  readonly recorder: VoiceRecorder;
  readonly state: RecorderState;
  /** Why nothing is recorded, in words; null while nothing is wrong. */
  readonly problem: string | null;
}

/** A recorder for as long as this is on the screen; who leaves ends the recording. */
export function useVoiceRecorder(): Recorder {
  const { t } = useTranslation();
  const [recorder] = useState(() => new VoiceRecorder());
  const state = useSyncExternalStore(recorder.subscribe, recorder.get);
  useEffect(() => () => recorder.cancel(), [recorder]);
  const problem = state.status === "idle" ? state.problem : undefined;
  return { recorder, state, problem: problem === undefined ? null : t(PROBLEM_TEXTS[problem]) };
}
