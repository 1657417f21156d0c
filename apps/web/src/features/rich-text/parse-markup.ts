import MarkdownIt from "markdown-it";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";
import type Token from "markdown-it/lib/token.mjs";
import { linkify } from "../../lib/linkify.ts";
import type { Block, Inline } from "./markup.ts";

/** What a link may lead to; everything else stays the text that it is. */
const LINK = /^(?:https?:\/\/[^/]|mailto:[^@]+@)/i;

const WORD = /[a-z0-9]/i;
const SPACE = /\s/;

/** The scheme in front of the colon that the rule below stands at. */
const SCHEME = /(?<![a-z0-9])https?$/i;

/** A web address is taken as a whole before anything in it counts as markup. */
function address(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== ":") return false;
  const scheme = SCHEME.exec(state.pending)?.[0];
  if (scheme === undefined) return false;
  const start = state.pos - scheme.length;
  const [first] = linkify(state.src.slice(start, state.posMax));
  if (first?.href === undefined) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    state.push("address", "", 0).content = first.text;
  }
  state.pos = start + first.text.length;
  return true;
}

/** CommonMark as far as chats use it. No HTML, images, headings, tables or references; nothing of it makes HTML. */
function createParser(): MarkdownIt {
  const parser = new MarkdownIt("zero", { html: false, linkify: false, typographer: false });
  parser.enable(["fence", "blockquote", "list"]);
  parser.enable(["newline", "escape", "backticks", "emphasis", "strikethrough", "link"]);
  parser.inline.ruler2.enable(["emphasis", "strikethrough"]);
  parser.inline.ruler.before("emphasis", "address", address);
  parser.validateLink = (url) => LINK.test(url);
  // CommonMark asks for blanks or punctuation around a marker in ways that Chinese text, which has no blanks, cannot
  // give; and within Latin words and numbers a marker is meant as it stands, as in 3*4*5.
  parser.inline.State = class extends parser.inline.State {
    override scanDelims(start: number) {
      const marker = this.src[start];
      let end = start;
      while (end < this.posMax && this.src[end] === marker) end += 1;
      const before = start > 0 ? (this.src[start - 1] ?? " ") : " ";
      const after = end < this.posMax ? (this.src[end] ?? " ") : " ";
      return {
        can_open: !SPACE.test(after) && !WORD.test(before),
        can_close: !SPACE.test(before) && !WORD.test(after),
        length: end - start,
      };
    }
  };
  return parser;
}

const parser = createParser();

/** Reads tokens one after the other. */
class Tokens {
  readonly #tokens: readonly Token[];
  #place = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  next(): Token | undefined {
    const token = this.#tokens[this.#place];
    this.#place += 1;
    return token;
  }
}

const MARKS: Readonly<Record<string, "strong" | "emphasis" | "strike">> = {
  strong_open: "strong",
  em_open: "emphasis",
  s_open: "strike",
};

/** Neighbouring texts become one, so that names and addresses in it are found. */
function joined(list: readonly Inline[]): readonly Inline[] {
  const all: Inline[] = [];
  for (const inline of list) {
    const last = all.at(-1);
    if (inline.kind === "text" && last?.kind === "text") {
      all[all.length - 1] = { kind: "text", text: last.text + inline.text };
    } else if (inline.kind !== "text" || inline.text !== "") all.push(inline);
  }
  return all;
}

function textOf(list: readonly Inline[]): string {
  return list.map((inline) => ("text" in inline ? inline.text : textOf(inline.children))).join("");
}

function linkOf(token: Token, children: readonly Inline[]): Inline {
  const href = token.attrGet("href") ?? "";
  if (!LINK.test(href) || !URL.canParse(href) || textOf(children).trim() === "")
    return { kind: "text", text: textOf(children) };
  const url = new URL(href);
  const place = url.protocol === "mailto:" ? url.pathname : url.hostname;
  const isSaid = textOf(children).toLowerCase().includes(place.toLowerCase());
  return { kind: "link", href: url.href, children, ...(!isSaid && { host: place }) };
}

function inlines(tokens: Tokens, end?: string): readonly Inline[] {
  const list: Inline[] = [];
  for (let token = tokens.next(); token !== undefined && token.type !== end; token = tokens.next()) {
    const mark = MARKS[token.type];
    if (mark !== undefined) {
      list.push({ kind: mark, children: inlines(tokens, token.type.replace("_open", "_close")) });
    } else if (token.type === "link_open") {
      list.push(linkOf(token, inlines(tokens, "link_close")));
    } else if (token.type === "code_inline") {
      list.push({ kind: "code", text: token.content });
    } else if (token.type === "softbreak" || token.type === "hardbreak") {
      list.push({ kind: "text", text: "\n" });
    } else list.push({ kind: "text", text: token.content });
  }
  return joined(list);
}

function listOf(token: Token, tokens: Tokens): Block {
  const items: (readonly Block[])[] = [];
  const close = token.type.replace("_open", "_close");
  for (let item = tokens.next(); item !== undefined && item.type !== close; item = tokens.next()) {
    items.push(blocks(tokens, "list_item_close"));
  }
  const start = token.type === "ordered_list_open" ? Number(token.attrGet("start") ?? 1) : undefined;
  return { kind: "list", items, ...(start !== undefined && { start }) };
}

function blocks(tokens: Tokens, end?: string): readonly Block[] {
  const list: Block[] = [];
  for (let token = tokens.next(); token !== undefined && token.type !== end; token = tokens.next()) {
    if (token.type === "inline") {
      list.push({ kind: "paragraph", children: inlines(new Tokens(token.children ?? [])) });
    } else if (token.type === "fence") {
      const language = /^[\w+#.-]{1,32}/.exec(token.info.trim())?.[0] ?? "";
      list.push({ kind: "code", language, text: token.content.replace(/\n$/, "") });
    } else if (token.type === "blockquote_open") {
      list.push({ kind: "quote", children: blocks(tokens, "blockquote_close") });
    } else if (token.type === "bullet_list_open" || token.type === "ordered_list_open") {
      list.push(listOf(token, tokens));
    }
  }
  return list;
}

const isEmpty = (block: Block): boolean => {
  if (block.kind === "list") return block.items.every((item) => item.every(isEmpty));
  if (block.kind === "code") return block.text === "";
  if (block.kind === "quote") return block.children.every(isEmpty);
  return textOf(block.children).trim() === "";
};

/** A message's text as blocks. One that is nothing but markers, such as a lone dash, is a paragraph of itself. Pure. */
export function parseMarkup(text: string): readonly Block[] {
  const parsed = blocks(new Tokens(parser.parse(text, {})));
  return parsed.every(isEmpty) ? [{ kind: "paragraph", children: [{ kind: "text", text }] }] : parsed;
}
