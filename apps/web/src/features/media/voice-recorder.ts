import { MAX_VOICE_DURATION_MS, MAX_WAVEFORM_BARS } from "@im-webapp/protocol";
import { RECORDING, holdMark } from "../../lib/page-locks.ts";
import { toBars } from "./bars.ts";

/** In the order in which they are wanted: opus is the smallest, mp4 is what Safari has. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"] as const;

/** Between two looks at how loud it is, in milliseconds. */
const SAMPLE_MS = 100;

/** Shorter than this, in milliseconds, a recording is a slip of the finger. */
const MIN_MS = 500;

/** Speech, in bits a second: with opus as clear as a telephone that is good. */
const BITS_PER_SECOND = 32_000;

/** Something spoken, ready to be sent. */
export interface Recording {
  readonly blob: Blob;
  readonly durationMs: number;
  /** Loudness from 0 to 100. */
  readonly waveform: readonly number[];
}

/** Why nothing is recorded. */
export type RecordingProblem = "denied" | "missing" | "busy" | "insecure" | "tooShort";

export type RecorderState =
  | { readonly status: "idle"; readonly problem?: RecordingProblem }
  | { readonly status: "asking" }
  /** `levels`: loudness so far, each 0 to 1. `isFull`: it has come to the longest that is sent, and waits for a word. */
  | {
      readonly status: "recording";
      readonly elapsedMs: number;
      readonly levels: readonly number[];
      readonly isFull: boolean;
    };

function problemOf(error: unknown): RecordingProblem {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" ? "missing" : "busy";
}

interface Session {
  readonly stream: MediaStream;
  readonly recorder: MediaRecorder;
  readonly context: AudioContext;
  readonly parts: Blob[];
  readonly startedAt: number;
  readonly timer: ReturnType<typeof setInterval>;
  /** Lets the app sound again. */
  readonly unhush: () => void;
}

/** Records from the microphone, one recording at a time, and says how it goes. */
export class VoiceRecorder {
  readonly #listeners = new Set<() => void>();
  #state: RecorderState = { status: "idle" };
  #session: Session | null = null;
  /** Counts the starts, so that one that was given up is known when its permission comes. */
  #attempt = 0;

  /** Arrows, so that both can be handed to React as they are. */
  readonly get = (): RecorderState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for the microphone and begins. What goes wrong is in the state. */
  async start(): Promise<void> {
    if (this.#state.status !== "idle") return;
    if (!window.isSecureContext || typeof MediaRecorder === "undefined") {
      this.#set({ status: "idle", problem: "insecure" });
      return;
    }
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#set({ status: "asking" });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (attempt === this.#attempt) this.#record(stream);
      else end(stream);
    } catch (error) {
      if (attempt === this.#attempt) this.#set({ status: "idle", problem: problemOf(error) });
    }
  }

  /** Ends the recording and gives it; null where there is none, or too little. */
  async finish(): Promise<Recording | null> {
    const session = this.#session;
    if (session === null || this.#state.status !== "recording") return null;
    const { levels, elapsedMs } = this.#state;
    const durationMs = Math.min(MAX_VOICE_DURATION_MS, this.#state.isFull ? elapsedMs : Date.now() - session.startedAt);
    const { recorder, parts } = session;
    if (recorder.state !== "inactive") {
      const isStopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
      recorder.stop();
      await isStopped;
    }
    this.#release();
    if (durationMs < MIN_MS) {
      this.#set({ status: "idle", problem: "tooShort" });
      return null;
    }
    this.#set({ status: "idle" });
    const blob = new Blob(parts, { type: recorder.mimeType });
    return { blob, durationMs: Math.round(durationMs), waveform: toBars(levels, MAX_WAVEFORM_BARS) };
  }

  /** Throws away what was recorded, and lets go of the microphone. */
  cancel(): void {
    this.#attempt += 1;
    this.#release();
    this.#set({ status: "idle" });
  }

  #record(stream: MediaStream): void {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: BITS_PER_SECOND,
      ...(mimeType !== undefined && { mimeType }),
    });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.start();
    const startedAt = Date.now();
    const timer = setInterval(() => {
      if (this.#state.status !== "recording" || this.#state.isFull) return;
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      const elapsedMs = Math.min(Date.now() - startedAt, MAX_VOICE_DURATION_MS);
      const isFull = elapsedMs >= MAX_VOICE_DURATION_MS;
      if (isFull) recorder.stop();
      this.#set({ status: "recording", elapsedMs, levels: [...this.#state.levels, level], isFull });
    }, SAMPLE_MS);
    this.#session = { stream, recorder, context, parts, startedAt, timer, unhush: holdMark(RECORDING) };
    this.#set({ status: "recording", elapsedMs: 0, levels: [], isFull: false });
  }

  #release(): void {
    if (this.#session === null) return;
    const { stream, recorder, context, timer, unhush } = this.#session;
    this.#session = null;
    unhush();
    clearInterval(timer);
    if (recorder.state !== "inactive") recorder.stop();
    end(stream);
    // Nothing hangs on when it is closed.
    context.close().catch(() => undefined);
  }

  #set(state: RecorderState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Takes away the sign that the page listens. */
function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
