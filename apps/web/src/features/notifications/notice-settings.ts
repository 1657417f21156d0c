import type { QuietHours } from "@im-webapp/protocol";
import { useSyncExternalStore } from "react";
import { readSetting, writeSetting } from "../../lib/settings-storage.ts";

/** How this device tells of messages. Kept on the device; what a push service is to keep to, the server has too. */
export interface NoticeSettings {
  /** Notifications while the app is open and not looked at. */
  readonly notices: boolean;
  readonly sound: boolean;
  readonly hideContent: boolean;
  readonly quiet?: QuietHours;
}

const KEY = "im.notices";

const DEFAULT: NoticeSettings = { notices: true, sound: true, hideContent: false };

const listeners = new Set<() => void>();

/** What was read last, so that React gets the same object for the same text. */
let held: { readonly text: string | null; readonly settings: NoticeSettings } = { text: null, settings: DEFAULT };

function parse(text: string | null): NoticeSettings {
  try {
    return text === null ? DEFAULT : { ...DEFAULT, ...(JSON.parse(text) as Partial<NoticeSettings>) };
  } catch {
    return DEFAULT;
  }
}

/** As they are now, also where another page has changed them. */
export function noticeSettings(): NoticeSettings {
  const text = readSetting(KEY);
  if (text !== held.text) held = { text, settings: parse(text) };
  return held.settings;
}

export function setNoticeSettings(settings: NoticeSettings): void {
  writeSetting(KEY, JSON.stringify(settings));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useNoticeSettings(): NoticeSettings {
  return useSyncExternalStore(subscribe, noticeSettings);
}

/** Whether a moment of this device's day lies in its quiet hours: from `from` on, up to and without `to`. */
export function isQuietAt({ quiet }: NoticeSettings, at: Date): boolean {
  if (!quiet) return false;
  const minute = at.getHours() * 60 + at.getMinutes();
  const { from, to } = quiet;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
