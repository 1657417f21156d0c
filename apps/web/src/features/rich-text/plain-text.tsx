import { Fragment, type ReactNode } from "react";
import { linkify } from "../../lib/linkify.ts";
import { splitMentions } from "./split-mentions.ts";

const linkClass = "rounded-sm text-accent-ink underline underline-offset-3 hover:decoration-2";

interface OuterLinkProps {
  readonly href: string;
  /** Where it leads, where its text does not say so. */
  readonly host?: string | undefined;
  readonly children: ReactNode;
}

/** A link to another site, which opens in a new tab and is told nothing of where one comes from. */
export function OuterLink({ href, host, children }: OuterLinkProps) {
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer" className={linkClass}>
        {children}
      </a>
      {host !== undefined && <span className="text-xs opacity-80"> ({host})</span>}
    </>
  );
}

function Named({ text, names }: PlainTextProps): ReactNode {
  return splitMentions(text, names).map((part, index) =>
    part.isMention ? (
      <span key={index} data-mention className="font-medium text-accent-ink">
        {part.text}
      </span>
    ) : (
      <Fragment key={index}>{part.text}</Fragment>
    ),
  );
}

interface PlainTextProps {
  readonly text: string;
  /** What those whom the message names are called in it, without the @. */
  readonly names: readonly string[];
}

/** A text as it was written, with web addresses that can be opened and the names of those mentioned standing out. */
export function PlainText({ text, names }: PlainTextProps): ReactNode {
  return linkify(text).map((part, index) =>
    part.href === undefined ? (
      <Named key={index} text={part.text} names={names} />
    ) : (
      <OuterLink key={index} href={part.href}>
        {part.text}
      </OuterLink>
    ),
  );
}
