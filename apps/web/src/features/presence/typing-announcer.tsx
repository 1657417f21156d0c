import { useEffect, useRef } from "react";

/** Time between two announcements, in milliseconds: whoever writes on and off would drown everything else. */
const QUIET_MS = 30_000;

/** Tells screen readers, politely and not each time, that somebody has begun to type. */
export function TypingAnnouncer({ text }: { readonly text: string | null }) {
  const region = useRef<HTMLSpanElement>(null);
  const saidAt = useRef(-QUIET_MS);
  useEffect(() => {
    if (region.current === null) return;
    const now = performance.now();
    if (text === null) {
      region.current.textContent = "";
    } else if (now - saidAt.current >= QUIET_MS) {
      saidAt.current = now;
      region.current.textContent = text;
    }
  }, [text]);
  return <span ref={region} aria-live="polite" className="sr-only" />;
}
