import { useEffect, useState } from "react";

/** How long a message that was asked for stands out, in milliseconds: until the eye has found it. */
const HIGHLIGHT_MS = 2_400;

/** Whether the message that a list opened at stands out: from when the list `isPlaced`, for a moment. */
export function useHighlight(isPlaced: boolean): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!isPlaced) return undefined;
    const timer = setTimeout(() => setOver(true), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [isPlaced]);
  return isPlaced && !isOver;
}
