import type { EpochMs } from "@im-webapp/protocol";
import { useSyncExternalStore } from "react";
import { StoredSetting } from "../../lib/stored-setting.ts";

/** Which voice messages were played in this browser. */
export interface Heard {
  /** What was sent up to then counts as heard: before this browser was first used, or too long ago to be remembered. */
  readonly since: EpochMs;
  readonly played: readonly (readonly [string, EpochMs])[];
}

const KEY = "im.heard";

/** Voice messages that are remembered: some 15 kB of text. */
const MAX_PLAYED = 400;

/** With one more; what was sent before the oldest that is remembered then counts as heard. */
export function withPlayed({ since, played }: Heard, fileId: string, sentAt: EpochMs): Heard {
  const others = played.filter(([id]) => id !== fileId);
  const all = [...others, [fileId, sentAt] as const].toSorted(([, a], [, b]) => b - a);
  const [newestForgotten] = all.slice(MAX_PLAYED);
  return { since: Math.max(since, newestForgotten?.[1] ?? 0), played: all.slice(0, MAX_PLAYED) };
}

export function isHeard({ since, played }: Heard, fileId: string, sentAt: EpochMs): boolean {
  return sentAt <= since || played.some(([id]) => id === fileId);
}

const stored = new StoredSetting<Heard>(KEY, (text) => {
  try {
    if (text !== null) return JSON.parse(text) as Heard;
  } catch {
    // Not ours: begin anew.
  }
  return { since: Date.now(), played: [] };
});

/** Begins to remember, when somebody first uses this browser: what comes from then on is marked until it is played. */
export function beginHearing(): void {
  if (!stored.isStored) stored.set(stored.get());
}

/** What others sent at that time was played here. */
export function markHeard(fileId: string, sentAt: EpochMs): void {
  if (!isHeard(stored.get(), fileId, sentAt)) stored.set(withPlayed(stored.get(), fileId, sentAt));
}

/** Whether a voice message was never played in this browser; undefined for when: one's own. */
export function useIsUnheard(fileId: string, sentAt: EpochMs | undefined): boolean {
  return useSyncExternalStore(stored.subscribe, () => sentAt !== undefined && !isHeard(stored.get(), fileId, sentAt));
}
