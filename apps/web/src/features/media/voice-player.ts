/** How fast voice messages are played, in the order in which a press goes on. */
const RATES = [1, 1.5, 2] as const;
export type Rate = (typeof RATES)[number];

export interface VoiceState {
  /** Whose sound is in the player; null: none. */
  readonly fileId: string | null;
  readonly status: "loading" | "playing" | "paused" | "failed";
  /** Where it is, in milliseconds. */
  readonly at: number;
  readonly rate: Rate;
  /** Why it failed. */
  readonly error?: unknown;
}

const NONE: VoiceState = { fileId: null, status: "paused", at: 0, rate: 1 };

/** What plays sounds; the browser's own but in tests. */
type Sound = Pick<
  HTMLAudioElement,
  "src" | "currentTime" | "playbackRate" | "paused" | "play" | "pause" | "addEventListener"
>;

/** Plays voice messages, one at a time: there is one pair of ears. */
export class VoicePlayer {
  readonly #makeSound: () => Sound;
  readonly #listeners = new Set<() => void>();
  #sound: Sound | null = null;
  #url: string | null = null;
  #state: VoiceState = NONE;

  constructor(makeSound: () => Sound = () => new Audio()) {
    this.#makeSound = makeSound;
  }

  /** Arrows, so that both can be handed to React as they are. */
  readonly get = (): VoiceState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Plays a sound from where it was, or from `at` milliseconds; any other stops. `read` fetches it, once. */
  async play(fileId: string, read: () => Promise<Blob>, at?: number): Promise<void> {
    const isSame = this.#state.fileId === fileId && this.#url !== null;
    if (!isSame) this.#unload();
    this.#set({ fileId, status: "loading", at: at ?? (isSame ? this.#state.at : 0) });
    try {
      if (!isSame) {
        const blob = await read();
        // Another was started meanwhile.
        if (this.#state.fileId !== fileId || this.#state.status !== "loading") return;
        this.#url = URL.createObjectURL(blob);
        this.#ready().src = this.#url;
      }
      const sound = this.#ready();
      if (at !== undefined) sound.currentTime = at / 1_000;
      sound.playbackRate = this.#state.rate;
      await sound.play();
    } catch (error) {
      // A pause right after the start ends the start.
      if (this.#state.fileId !== fileId || (error instanceof DOMException && error.name === "AbortError")) return;
      this.#unload();
      this.#set({ status: "failed", error });
    }
  }

  pause(): void {
    this.#sound?.pause();
    if (this.#state.status !== "failed") this.#set({ status: "paused" });
  }

  /** To the next of 1, 1.5 and 2; it stays for the messages that are played later. */
  nextRate(): void {
    const rate = RATES[(RATES.indexOf(this.#state.rate) + 1) % RATES.length] ?? 1;
    if (this.#sound !== null) this.#sound.playbackRate = rate;
    this.#set({ rate });
  }

  #ready(): Sound {
    if (this.#sound !== null) return this.#sound;
    const sound = this.#makeSound();
    sound.addEventListener("playing", () => this.#set({ status: "playing" }));
    sound.addEventListener("pause", () => this.#set({ status: "paused" }));
    sound.addEventListener("timeupdate", () => this.#set({ at: sound.currentTime * 1_000 }));
    sound.addEventListener("ended", () => this.#set({ status: "paused", at: 0 }));
    this.#sound = sound;
    return sound;
  }

  #unload(): void {
    this.#sound?.pause();
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  #set(change: Partial<VoiceState>): void {
    const { error: _, ...held } = this.#state;
    this.#state = { ...held, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The page's one. */
export const voicePlayer = new VoicePlayer();
