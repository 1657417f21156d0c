import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./root.ts";

const NOT_SOURCES = new Set(["node_modules", "dist", "fixtures"]);

/** When a file was last changed, in milliseconds; 0 where there is none. */
export function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When anything in these folders of the project that something is built from was last changed, in milliseconds. */
export function newestIn(folders: readonly string[]): number {
  return folders.reduce((newest, folder) => Math.max(newest, newestBelow(path.join(root, folder))), 0);
}

function newestBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name))
    .map((entry) => {
      const whole = path.join(folder, entry.name);
      return entry.isDirectory() ? newestBelow(whole) : modifiedAt(whole);
    })
    .reduce((newest, time) => Math.max(newest, time), 0);
}
