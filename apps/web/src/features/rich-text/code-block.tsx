import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "../../lib/clipboard.ts";
import type { CodeRole } from "./code-parts.ts";
import { useCodeParts } from "./use-code-parts.ts";

/** How long the button says that it has copied, in milliseconds. */
const COPIED_MS = 2_000;

const COLOURS: Readonly<Record<CodeRole, string>> = {
  keyword: "text-code-keyword",
  string: "text-code-string",
  number: "text-code-number",
  name: "text-code-name",
  comment: "text-ink-muted italic",
  added: "text-code-string",
  removed: "text-danger-ink",
};

interface CodeBlockProps {
  readonly language: string;
  readonly text: string;
}

/** The parts of code in their colours; as plain text for a language that is not known, and until the grammars are there. */
function HighlightedCode({ language, text }: CodeBlockProps) {
  const parts = useCodeParts(language, text);
  if (parts === null) return text;
  return parts.map(({ text: part, role }, index) =>
    role === undefined ? (
      part
    ) : (
      // The parts of a text never change their places.
      <span key={index} className={COLOURS[role]}>
        {part}
      </span>
    ),
  );
}

/** Code as it was written: long lines scroll on their own, and all of it can be copied. */
export function CodeBlock({ language, text }: CodeBlockProps) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const label = isCopied ? t("actions.copied") : t("actions.copyCode");
  return (
    <figure className="my-1 overflow-hidden rounded-sm border border-line bg-field text-ink">
      <figcaption className="flex items-center justify-between border-b border-line pl-3 text-xs text-ink-muted">
        <span className="truncate">{language === "" ? t("actions.code") : language}</span>
        <button
          type="button"
          className="inline-flex h-control items-center gap-1 px-3 transition-colors hover:text-ink"
          onClick={() => {
            copyText(text).then(
              () => setCopied(true),
              () => undefined,
            );
          }}
        >
          {isCopied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
          {label}
        </button>
      </figcaption>
      {/* What scrolls takes the focus, so that the keyboard can scroll it. */}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="max-h-100 overflow-auto overscroll-x-contain px-3 py-2 text-sm select-text focus-visible:-outline-offset-2"
      >
        <code className="font-mono">
          <HighlightedCode language={language} text={text} />
        </code>
      </pre>
    </figure>
  );
}
