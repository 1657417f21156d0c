import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reference } from "../packages/protocol/reference/reference.ts";
import { root } from "./root.ts";

mkdirSync(path.join(root, "docs"), { recursive: true });
writeFileSync(path.join(root, "docs/reference.md"), reference());
