import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { root } from "./root.ts";

/** A block of code in a document. */
export interface CodeBlock {
  readonly document: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  readonly language: "ts" | "tsx";
  readonly code: string;
}

const BLOCK = /^```(tsx?)\n([\s\S]*?)^```$/gm;

/** A link to a file, with or without a place in it; not to other sites. */
const LINK = /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g;

/** Folders that hold no documents of ours, or only what was made. */
const PASSED_OVER = /^(\.|node_modules$|api-html$|dist$|release$|data$|test-results$)/;

/** The path from the root of every document in a folder, and in those below it. */
export function documentsIn(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return PASSED_OVER.test(entry.name) ? [] : documentsIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Every block of TypeScript in a document, by its path from the root. */
export function codeBlocks(document: string): CodeBlock[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(BLOCK)].map(({ index, 1: language, 2: code = "" }) => ({
    document,
    line: text.slice(0, index).split("\n").length + 1,
    language: language === "tsx" ? "tsx" : "ts",
    code,
  }));
}

/**
 * Compiles each block as a module of its own beside its document, so that it imports what a program there could.
 *
 * @param names declarations of the names that blocks take from the text around them; a block may declare its own instead
 * @returns one line for each error: document, line and message
 */
export function typeErrors(blocks: readonly CodeBlock[], names: string): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const sources = new Map<string, string>([[join(root, "document-names.d.ts"), names]]);
  const origins = new Map<string, CodeBlock>();
  for (const block of blocks) {
    const path = join(root, `${block.document}-${block.line}.${block.language}`);
    sources.set(path, `${block.code}\nexport {};\n`);
    origins.set(path, block);
  }
  const host = ts.createCompilerHost(options);
  const overlaid: ts.CompilerHost = {
    ...host,
    fileExists: (path) => sources.has(path) || host.fileExists(path),
    readFile: (path) => sources.get(path) ?? host.readFile(path),
    getSourceFile: (path, languageVersion, ...rest) => {
      const text = sources.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, languageVersion);
      return host.getSourceFile(path, languageVersion, ...rest);
    },
  };
  const program = ts.createProgram([...sources.keys()], options, overlaid);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const block = origins.get(file?.fileName ?? "");
    const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
    const place = block ? `${block.document}:${block.line + line}` : (file?.fileName ?? "");
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** Links of a document that lead to no file, or to no heading of one. */
export function brokenLinks(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(LINK)].flatMap(([, path = "", place]) => {
    const target = path === "" ? document : join(dirname(document), path);
    if (!existsSync(join(root, target))) return [`${document}: ${path}`];
    if (place === undefined || !target.endsWith(".md")) return [];
    return headings(target).includes(place) ? [] : [`${document}: ${path}#${place}`];
  });
}

/** The names under which a document's headings are linked to. */
function headings(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
