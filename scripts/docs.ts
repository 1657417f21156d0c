import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withEnvironmentTable } from "../apps/server/scripts/environment-table.ts";
import { reference } from "../packages/protocol/reference/reference.ts";
import { root } from "./root.ts";

mkdirSync(path.join(root, "docs"), { recursive: true });
writeFileSync(path.join(root, "docs/reference.md"), reference());

const operations = path.join(root, "docs/operations.md");
writeFileSync(operations, withEnvironmentTable(readFileSync(operations, "utf8")));
