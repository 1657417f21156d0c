import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { reference } from "./reference.ts";

it("docs/reference.md says what the schemas say (npm run docs writes it)", () => {
  expect(readFileSync(new URL("../../../docs/reference.md", import.meta.url), "utf8")).toBe(reference());
});
