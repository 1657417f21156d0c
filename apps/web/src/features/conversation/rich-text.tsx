import { Fragment, useMemo } from "react";
import { linkify } from "../../lib/linkify.ts";

/** A message's text as it was written, with web addresses that open in a new tab and tell the other site nothing. */
export function RichText({ text }: { readonly text: string }) {
  const parts = useMemo(() => linkify(text), [text]);
  return (
    <span className="whitespace-pre-wrap wrap-anywhere">
      {parts.map((part, index) =>
        part.href === undefined ? (
          <Fragment key={index}>{part.text}</Fragment>
        ) : (
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            className="rounded-sm text-accent-ink underline underline-offset-3 hover:decoration-2"
          >
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}
