import { memo } from "react";
import { Inlines, MarkedText } from "./marked-text.tsx";
import { PlainText } from "./plain-text.tsx";
import { useMarkup } from "./use-markup.ts";

const NOBODY: readonly string[] = [];

interface RichTextProps {
  readonly text: string;
  /** What those whom the message names are called in it. */
  readonly names?: readonly string[];
}

/** What somebody wrote, with its markup. While the parser of that is being loaded, it is shown as it was typed. */
export const RichText = memo(function RichText({ text, names = NOBODY }: RichTextProps) {
  const blocks = useMarkup(text);
  const [only] = blocks ?? [];
  if (blocks === null || (blocks.length === 1 && only?.kind === "paragraph")) {
    return (
      <span className="whitespace-pre-wrap wrap-anywhere">
        {only?.kind === "paragraph" ? (
          <Inlines list={only.children} names={names} />
        ) : (
          <PlainText text={text} names={names} />
        )}
      </span>
    );
  }
  return (
    <div className="wrap-anywhere">
      <MarkedText blocks={blocks} names={names} />
    </div>
  );
});
