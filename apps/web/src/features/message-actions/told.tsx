import { useEffect, useState } from "react";

/** How long it stays, in milliseconds: long enough to be read at a glance. */
const SHOWN_MS = 2_400;

/** What was just done, in a word, over the lower edge of the page for a moment. Nothing for an empty text. */
export function Told({ text }: { readonly text: string }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  const isShown = text !== "" && !isOver;
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-24 z-50 flex justify-center px-4">
      {isShown && (
        <span className="animate-fade-in rounded-full bg-ink px-4 py-2 text-sm text-surface shadow-overlay">
          {text}
        </span>
      )}
    </div>
  );
}
