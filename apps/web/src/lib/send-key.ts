import { useSyncExternalStore } from "react";
import { readSetting, writeSetting } from "./settings-storage.ts";

/** What sends a message: Enter, so that Shift+Enter breaks the line, or the other way round. */
export const SEND_KEYS = ["enter", "shiftEnter"] as const;
export type SendKey = (typeof SEND_KEYS)[number];

const KEY = "im.sendKey";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const held = (): SendKey => (readSetting(KEY) === "shiftEnter" ? "shiftEnter" : "enter");

/** The choice on this device. */
export function useSendKey(): SendKey {
  return useSyncExternalStore(subscribe, held);
}

export function setSendKey(key: SendKey): void {
  writeSetting(KEY, key === "enter" ? null : key);
  for (const listener of listeners) listener();
}

/** Whether a pressed Enter sends. With Ctrl or ⌘ it always does. */
export function isSending(
  { shiftKey, ctrlKey, metaKey }: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
  key: SendKey,
): boolean {
  return ctrlKey || metaKey || shiftKey === (key === "shiftEnter");
}
