import type { ReactNode } from "react";
import { CodeBlock } from "./code-block.tsx";
import type { Block, Inline } from "./markup.ts";
import { OuterLink, PlainText } from "./plain-text.tsx";

interface InlinesProps {
  readonly list: readonly Inline[];
  readonly names: readonly string[];
  /** Within a link no address makes another one. */
  readonly isLinked?: boolean;
}

/** Stretches of text within a line. */
export function Inlines({ list, names, isLinked = false }: InlinesProps): ReactNode {
  return list.map((inline, index) => {
    switch (inline.kind) {
      case "text":
        return isLinked ? inline.text : <PlainText key={index} text={inline.text} names={names} />;
      case "code":
        return (
          <code key={index} className="rounded-sm bg-pressed px-1 py-0.5 font-mono text-sm">
            {inline.text}
          </code>
        );
      case "strong":
        return (
          <strong key={index} className="font-semibold">
            <Inlines list={inline.children} names={names} isLinked={isLinked} />
          </strong>
        );
      case "emphasis":
        return (
          <em key={index}>
            <Inlines list={inline.children} names={names} isLinked={isLinked} />
          </em>
        );
      case "strike":
        return (
          <s key={index}>
            <Inlines list={inline.children} names={names} isLinked={isLinked} />
          </s>
        );
      case "link":
        return (
          <OuterLink key={index} href={inline.href} host={inline.host}>
            <Inlines list={inline.children} names={names} isLinked />
          </OuterLink>
        );
    }
  });
}

interface MarkedTextProps {
  readonly blocks: readonly Block[];
  readonly names: readonly string[];
}

/** A text with markup, made of elements one by one: no part of it is ever read as HTML. */
export function MarkedText({ blocks, names }: MarkedTextProps): ReactNode {
  return blocks.map((block, index) => {
    switch (block.kind) {
      case "paragraph":
        return (
          <p key={index} className="whitespace-pre-wrap not-first:mt-2">
            <Inlines list={block.children} names={names} />
          </p>
        );
      case "code":
        return <CodeBlock key={index} language={block.language} text={block.text} />;
      case "quote":
        return (
          <blockquote key={index} className="my-1 border-l-2 border-line-strong pl-3 text-ink-muted">
            <MarkedText blocks={block.children} names={names} />
          </blockquote>
        );
      case "list": {
        const items = block.items.map((item, at) => (
          <li key={at} className="pl-1">
            <MarkedText blocks={item} names={names} />
          </li>
        ));
        return block.start === undefined ? (
          <ul key={index} className="my-1 list-disc pl-5">
            {items}
          </ul>
        ) : (
          <ol key={index} start={block.start} className="figures my-1 list-decimal pl-7">
            {items}
          </ol>
        );
      }
    }
  });
}
