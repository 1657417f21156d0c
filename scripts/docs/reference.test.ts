import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../root.ts";
import { reference } from "./reference.ts";

it("docs/reference.md says what the schemas say (npm run docs writes it)", () => {
  expect(readFileSync(path.join(root, "docs/reference.md"), "utf8")).toBe(reference());
});
