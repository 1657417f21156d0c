import { environmentSchema } from "../config/environment.ts";

/** Between these lines of docs/operations.md stands the table that `environmentTable` gives. */
const START = "<!-- environment:start -->";
const END = "<!-- environment:end -->";

/** The operating contract as a Markdown table: each variable, its default and what it is for, in the schema's order. */
export function environmentTable(): string {
  return [
    "| variable | default | what it is |",
    "| --- | --- | --- |",
    ...Object.entries(environmentSchema.shape).map(([name, schema]) => {
      const initial = schema.parse(undefined);
      return `| \`${name}\` | ${initial === undefined ? "" : `\`${initial}\``} | ${schema.description ?? ""} |`;
    }),
  ].join("\n");
}

/**
 * A document with the table of its marked part brought up to date.
 *
 * @throws {Error} when the document has no such part
 */
export function withEnvironmentTable(document: string): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`the document has no part between ${START} and ${END}`);
  return `${document.slice(0, start + START.length)}\n${environmentTable()}\n${document.slice(end)}`;
}
