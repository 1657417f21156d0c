import { execFileSync } from "node:child_process";
import path from "node:path";
import { modifiedAt, newestIn } from "./modified-at.ts";
import { root } from "./root.ts";

const PAGE = path.join(root, "apps/web/dist/index.html");

/** What the page is built from. */
const SOURCES = ["apps/web", "packages/client", "packages/protocol", "packages/react"];

/** Builds the web app unless what was built is newer than all of its sources. */
export function buildWebIfStale(): void {
  if (modifiedAt(PAGE) > newestIn(SOURCES)) return;
  process.stdout.write("Building the web app (only when its sources have changed) …\n");
  execFileSync("npm", ["run", "--silent", "build", "--workspace", "@im-webapp/web"], { cwd: root, stdio: "inherit" });
}
