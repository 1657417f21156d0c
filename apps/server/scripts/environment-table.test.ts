import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { environmentSchema } from "../config/environment.ts";
import { environmentTable, withEnvironmentTable } from "./environment-table.ts";

describe("the table of the environment", () => {
  it("in docs/operations.md says what the schema says (npm run docs writes it)", () => {
    const document = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
    expect(document).toBe(withEnvironmentTable(document));
  });

  it("has a line for each variable, with what it is for", () => {
    const rows = environmentTable().split("\n").slice(2);
    expect(rows.map((row) => /^\| `(\w+)` \|/.exec(row)?.[1])).toEqual(Object.keys(environmentSchema.shape));
    for (const row of rows) expect(row).toMatch(/^\| `\w+` \| (`[^`|]+`)? \| [^|]{10,} \|$/);
    expect(rows).toContain("| `PORT` | `7001` | TCP port of HTTP and sockets; 0 takes a free one |");
  });

  it("is put where the document has a place for it", () => {
    expect(() => withEnvironmentTable("# Operations")).toThrow(/no part between/);
    const empty = "before\n<!-- environment:start -->\nold\n<!-- environment:end -->\nafter\n";
    const filled = withEnvironmentTable(empty);
    expect(filled).toMatch(
      /^before\n<!-- environment:start -->\n\| variable [^]*\|\n<!-- environment:end -->\nafter\n$/,
    );
    expect(withEnvironmentTable(filled)).toBe(filled);
  });
});
