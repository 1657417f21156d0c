import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { modifiedAt, newestIn } from "./modified-at.ts";
import { root } from "./root.ts";

const SERVER = path.join(root, "apps/server");

/** What is run; it and all that it imports of ours is in this folder. */
const BUILT = path.join(SERVER, "dist");

/** What the server is built from. */
const SOURCES = ["apps/server", "packages/protocol"];

/** What is loaded by its name: by Node, by Egg, and as the database's migrations. Of a folder, each file in it. */
const ENTRIES = [
  "main.ts",
  "app.ts",
  "app/router.ts",
  "app/controller/",
  "app/middleware/",
  "config/config.default.ts",
  "config/plugin.ts",
  "migrations/",
];

/**
 * Builds the server unless what was built is newer than all of its sources. TypeScript could be run as it is, but each
 * process would then translate 340 files at its start, which takes half of the time of a start and a thread of its own.
 *
 * @throws {Error} when a source cannot be read as TypeScript
 */
export async function buildServerIfStale(): Promise<void> {
  if (modifiedAt(path.join(BUILT, "main.js")) > newestIn(SOURCES)) return;
  // Beside it and put in its place when it is whole, so that nobody finds half of it.
  const fresh = path.join(SERVER, `dist-${process.pid}`);
  await build({
    entryPoints: ENTRIES.flatMap(filesOf),
    outdir: fresh,
    outbase: SERVER,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    chunkNames: "chunks/[name]-[hash]",
    // Ours is bundled; what comes from npm is loaded from where npm has put it.
    packages: "external",
    alias: { "@im-webapp/protocol": path.join(root, "packages/protocol/src/index.ts") },
    logLevel: "warning",
  });
  // Egg asks for the name of what it runs.
  writeFileSync(path.join(fresh, "package.json"), `${JSON.stringify({ name: "im-webapp-server", type: "module" })}\n`);
  rmSync(BUILT, { recursive: true, force: true });
  renameSync(fresh, BUILT);
}

function filesOf(entry: string): string[] {
  const names = entry.endsWith("/") ? readdirSync(path.join(SERVER, entry)).map((name) => entry + name) : [entry];
  return names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => path.join(SERVER, name));
}
