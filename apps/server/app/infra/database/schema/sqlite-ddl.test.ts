import { describe, expect, it } from "vitest";
import { parseCreateTable } from "./sqlite-ddl.ts";

describe("parseCreateTable", () => {
  it("finds named checks and columns without regard to case among quotes, brackets and commas", () => {
    const { checks, caseInsensitiveColumns } = parseCreateTable(`CREATE TABLE "my ""table" (
      \`a\` VARCHAR(64) COLLATE NOCASE NOT NULL DEFAULT 'x, COLLATE (y)',
      "b" DECIMAL(10, 2) NOT NULL DEFAULT 0,
      c TEXT NULL DEFAULT ' COLLATE NOCASE ', PRIMARY KEY (\`a\`, "b"),
      CONSTRAINT \`one\` CHECK (a IN ('(', ',') OR  (b > 0
        AND c IS NULL)),
      CONSTRAINT two CHECK (c <> 'it''s'), CHECK (b < 10))`);
    expect([...checks]).toEqual([
      ["one", "a IN ('(', ',') OR (b > 0 AND c IS NULL)"],
      ["two", "c <> 'it''s'"],
      ["b < 10", "b < 10"],
    ]);
    expect([...caseInsensitiveColumns]).toEqual(["a"]);
  });
});
