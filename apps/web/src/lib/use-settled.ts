import { useEffect, useState } from "react";

/**
 * The value, once it has stayed the same for so many milliseconds: hides what is over before anybody could read it.
 * Until the first value has, `initial`.
 */
export function useSettled<T>(value: T, afterMs: number, initial: T = value): T {
  const [settled, setSettled] = useState(initial);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
