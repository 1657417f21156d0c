import { useEffect, useRef, useState } from "react";

/** Time between two announcements, in milliseconds: whoever writes on and off would drown everything else. */
const QUIET_MS = 30_000;

/** Tells screen readers, politely and not each time, that somebody has begun to type. */
export function TypingAnnouncer({ text }: { readonly text: string | null }) {
  const saidAt = useRef(-QUIET_MS);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (text === null) {
      setSaid("");
      return;
    }
    const now = performance.now();
    if (now - saidAt.current < QUIET_MS) return;
    saidAt.current = now;
    setSaid(text);
  }, [text]);
  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  );
}
