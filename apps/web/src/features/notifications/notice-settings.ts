import type { QuietHours } from "@im-webapp/protocol";
import { useSyncExternalStore } from "react";
import { StoredSetting } from "../../lib/stored-setting.ts";

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

const stored = new StoredSetting<NoticeSettings>(KEY, (text) => {
  try {
    return text === null ? DEFAULT : { ...DEFAULT, ...(JSON.parse(text) as Partial<NoticeSettings>) };
  } catch {
    return DEFAULT;
  }
});

/** As they are now, also where another page has changed them. */
export const noticeSettings = (): NoticeSettings => stored.get();

export function setNoticeSettings(settings: NoticeSettings): void {
  stored.set(settings);
}

export function useNoticeSettings(): NoticeSettings {
  return useSyncExternalStore(stored.subscribe, stored.get);
}

/** Whether a moment of this device's day lies in its quiet hours: from `from` on, up to and without `to`. */
export function isQuietAt({ quiet }: NoticeSettings, at: Date): boolean {
  if (!quiet) return false;
  const minute = at.getHours() * 60 + at.getMinutes();
  const { from, to } = quiet;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
