/** Longest line, as the formatter of this repository has it. */
export const PRINT_WIDTH = 120;

function entries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const parts = entries(value).map(([key, item]) => `${key}: ${inline(item)}`);
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }
  return JSON.stringify(value);
}

/**
 * A literal of plain objects, arrays, strings, numbers and booleans as TypeScript source: on one line where it fits
 * behind `used` characters, otherwise one entry to a line.
 */
export function printLiteral(value: unknown, indent: string, used: number): string {
  const line = inline(value);
  if (typeof value !== "object" || value === null || Array.isArray(value) || used + line.length <= PRINT_WIDTH) {
    return line;
  }
  const inner = `${indent}  `;
  const lines = entries(value).map(([key, item]) => {
    const start = `${inner}${key}: `;
    return `${start}${printLiteral(item, inner, start.length + 1)},`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}
