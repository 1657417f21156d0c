import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../scripts/root.ts";

/** Where the files would be, if they were written. */
const OUT = join(root, "tests/client-faults/dist");

/** The program of the page, as a browser loads it: by the path below its folder. */
export async function bundleHarness(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: { harness: join(root, "tests/client-faults/harness.ts") },
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
