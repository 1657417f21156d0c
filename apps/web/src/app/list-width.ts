import { useCallback, useState } from "react";
import { readSetting, writeSetting } from "../lib/settings-storage.ts";

/** Bounds of the list's width on wide screens, in pixels: a name must fit, and the conversation must keep its room. */
export const LIST_WIDTH = { least: 260, usual: 320, most: 420 } as const;

const KEY = "im.listWidth";

const clamp = (width: number) => Math.min(Math.max(Math.round(width), LIST_WIDTH.least), LIST_WIDTH.most);

function initialWidth(): number {
  const stored = Number(readSetting(KEY) ?? Number.NaN);
  return Number.isFinite(stored) ? clamp(stored) : LIST_WIDTH.usual;
}

export interface ListWidth {
  /** Pixels. */
  readonly value: number;
  /** Sets it within the bounds and remembers it on this device. */
  readonly set: (width: number) => void;
}

export function useListWidth(): ListWidth {
  const [value, setValue] = useState(initialWidth);
  const set = useCallback((width: number) => {
    const next = clamp(width);
    setValue(next);
    writeSetting(KEY, String(next));
  }, []);
  return { value, set };
}
