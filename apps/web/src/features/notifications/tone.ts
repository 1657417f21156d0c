/** The two notes, in hertz (A5 and D6), and when each begins, in seconds. */
const NOTES = [
  { frequency: 880, at: 0 },
  { frequency: 1_174.66, at: 0.09 },
] as const;

/** How long a note takes to fade, in seconds. */
const FADE_S = 0.28;

/** Of full loudness. */
const LOUDNESS = 0.12;

/** Below this, nothing is heard; ramps cannot end at nothing. */
const SILENCE = 0.0001;

/** Shortest time between two, in milliseconds: many messages at once are one sound. */
const PAUSE_MS = 1_000;

/** The short sound of a message that arrives, made on the spot. */
export class Tone {
  #context: AudioContext | undefined;
  #playedAt = Number.NEGATIVE_INFINITY;

  /** Sounds, unless it has just done so, or the browser does not let a page sound that nobody has touched yet. */
  async play(): Promise<void> {
    const now = performance.now();
    if (now - this.#playedAt < PAUSE_MS || !navigator.userActivation.hasBeenActive) return;
    this.#playedAt = now;
    this.#context ??= new AudioContext();
    const context = this.#context;
    await context.resume();
    const ended = NOTES.map(({ frequency, at }) => soundOf(context, frequency, context.currentTime + at));
    await Promise.all(ended);
    // A context that runs keeps the sound device awake.
    if (performance.now() - this.#playedAt >= FADE_S * 1_000) await context.suspend();
  }

  /** Lets go of the sound device. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }
}

function soundOf(context: AudioContext, frequency: number, at: number): Promise<void> {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(LOUDNESS, at);
  gain.gain.exponentialRampToValueAtTime(SILENCE, at + FADE_S);
  oscillator.connect(gain).connect(context.destination);
  return new Promise((resolve) => {
    oscillator.addEventListener("ended", () => resolve(), { once: true });
    oscillator.start(at);
    oscillator.stop(at + FADE_S);
  });
}
