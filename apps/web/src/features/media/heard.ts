import type { EpochMs } from "@im-webapp/protocol";
import { useSyncExternalStore } from "react";
import { readSetting, writeSetting } from "../../lib/settings-storage.ts";

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

const listeners = new Set<() => void>();

/** What was read last, so that nothing is parsed for each message on the screen. */
let held: { readonly text: string | null; readonly heard: Heard } | undefined;

function heard(): Heard {
  const text = readSetting(KEY);
  if (held?.text !== text) held = { text, heard: parse(text) };
  return held?.heard ?? parse(null);
}

function parse(text: string | null): Heard {
  try {
    if (text !== null) return JSON.parse(text) as Heard;
  } catch {
    // Not ours: begin anew.
  }
  return { since: Date.now(), played: [] };
}

function keep(next: Heard): void {
  writeSetting(KEY, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Begins to remember, when somebody first uses this browser: what comes from then on is marked until it is played. */
export function beginHearing(): void {
  if (readSetting(KEY) === null) keep(heard());
}

/** What others sent at that time was played here. */
export function markHeard(fileId: string, sentAt: EpochMs): void {
  if (!isHeard(heard(), fileId, sentAt)) keep(withPlayed(heard(), fileId, sentAt));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Whether a voice message was never played in this browser; undefined for when: one's own. */
export function useIsUnheard(fileId: string, sentAt: EpochMs | undefined): boolean {
  return useSyncExternalStore(subscribe, () => sentAt !== undefined && !isHeard(heard(), fileId, sentAt));
}
