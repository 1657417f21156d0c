import { readFileSync, writeFileSync } from "node:fs";

/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->` in a document; the rest of it is written by hand.
 *
 * @throws {Error} when the document has no such part
 */
export function replacePart(path: string, name: string, text: string): void {
  const document = readFileSync(path, "utf8");
  const begin = `<!-- ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(`<!-- /${name} -->`);
  if (from < 0 || to < from) throw new Error(`${path} has no part "${name}"`);
  writeFileSync(path, `${document.slice(0, from + begin.length)}\n${text}\n${document.slice(to)}`);
}
