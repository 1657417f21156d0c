import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import markdown from "highlight.js/lib/languages/markdown";
import php from "highlight.js/lib/languages/php";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import shell from "highlight.js/lib/languages/shell";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";
import type { CodePart, CodeRole } from "./code-parts.ts";

/** The languages that people of a team send each other most; each brings its usual short names, such as `ts` or `sh`. */
const grammars = createLowlight({
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  kotlin,
  markdown,
  php,
  python,
  ruby,
  rust,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
});

/** The scopes of the grammars by what the screen tells apart; any other is plain. */
const ROLES: Readonly<Record<string, CodeRole>> = {
  keyword: "keyword",
  "selector-tag": "keyword",
  type: "keyword",
  built_in: "keyword",
  meta: "keyword",
  "template-tag": "keyword",
  string: "string",
  regexp: "string",
  code: "string",
  "meta-string": "string",
  number: "number",
  literal: "number",
  symbol: "number",
  bullet: "number",
  title: "name",
  section: "name",
  name: "name",
  attr: "name",
  attribute: "name",
  property: "name",
  "selector-class": "name",
  "selector-id": "name",
  comment: "comment",
  quote: "comment",
  doctag: "comment",
  addition: "added",
  deletion: "removed",
};

type Nodes = ReturnType<typeof grammars.highlight>["children"];

/** What a scope's class names say, such as `hljs-title function_`; else what its surroundings are. */
function roleOf(className: unknown, around: CodeRole | undefined): CodeRole | undefined {
  const scope: unknown = Array.isArray(className) ? className[0] : undefined;
  return (typeof scope === "string" ? ROLES[scope.replace("hljs-", "")] : undefined) ?? around;
}

function flat(nodes: Nodes, around: CodeRole | undefined): CodePart[] {
  return nodes.flatMap((node) => {
    if (node.type === "text") return [{ text: node.value, role: around }];
    return node.type === "element" ? flat(node.children, roleOf(node.properties["className"], around)) : [];
  });
}

/** Code in its parts, which together are the text as it was; one part where the language is not known. */
export function highlightCode(language: string, text: string): readonly CodePart[] {
  const name = language.toLowerCase();
  if (!grammars.registered(name)) return [{ text, role: undefined }];
  return flat(grammars.highlight(name, text).children, undefined);
}
