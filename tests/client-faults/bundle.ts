import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/root.ts";

const OUT = join(root, "tests/client-faults/dist");

/** The page's scripts by path, as a browser asks for them. */
export async function bundlePage(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: { page: join(root, "tests/client-faults/page.ts") },
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    splitting: true,
    write: false,
    outdir: OUT,
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(OUT.length), text]));
}
