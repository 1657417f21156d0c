import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./root.ts";

const PAGE = path.join(root, "apps/web/dist/index.html");

/** What the page is built from. */
const SOURCES = ["apps/web", "packages/client", "packages/protocol", "packages/react"];

const NOT_SOURCES = new Set(["node_modules", "dist", "fixtures"]);

/** Builds the web app unless what was built is newer than all of its sources. */
export function buildWebIfMissing(): void {
  const built = modifiedAt(PAGE);
  if (built > Math.max(...SOURCES.map((folder) => newestIn(path.join(root, folder))))) return;
  process.stdout.write("Building the web app (only when its sources have changed) …\n");
  execFileSync("npm", ["run", "--silent", "build", "--workspace", "@im-webapp/web"], { cwd: root, stdio: "inherit" });
}

function newestIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name))
    .map((entry) => {
      const whole = path.join(folder, entry.name);
      return entry.isDirectory() ? newestIn(whole) : modifiedAt(whole);
    })
    .reduce((newest, time) => Math.max(newest, time), 0);
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
