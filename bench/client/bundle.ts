import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../../scripts/root.ts";

/** What a program that imports `ImClient`, and nothing else of the library, ships of it: bytes after minifying and gzip. */
export interface BundleSize {
  /** Loaded with the program. */
  readonly entry: number;
  /** Loaded by the library when it needs it, in chunks of their own: the store in IndexedDB, with Dexie. */
  readonly lazy: number;
  /** Dexie's share of it, bundled alone. */
  readonly dexie: number;
  /** The share of what speaks tus, with all that it brings along. */
  readonly tus: number;
  /** The packages that are in it. */
  readonly packages: readonly string[];
}

const LIBRARY = join(root, "packages/client");

/** Bundles the library as an application would, `socket.io-client` left out. */
export async function measureBundle(): Promise<BundleSize> {
  const { outputs, packages } = await bundle('export { ImClient } from "./src/index.ts";');
  const isEntry = ({ entry }: Output): boolean => entry;
  const dexie = await bundle('export { Dexie } from "dexie";');
  const tus = await bundle('export { DetailedError, Upload } from "tus-js-client";');
  return {
    entry: total(outputs.filter(isEntry)),
    lazy: total(outputs.filter((output) => !isEntry(output))),
    dexie: total(dexie.outputs),
    tus: total(tus.outputs),
    packages,
  };
}

/** Bundles the measuring page; what it loads, by path. */
export async function bundlePage(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: { page: join(root, "bench/client/page.ts") },
    absWorkingDir: root,
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(OUT.length), contents]));
}

/** Where the files would be, if they were written. */
const OUT = join(root, "bench/client/dist");

const OPTIONS = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  splitting: true,
  write: false,
  outdir: OUT,
} as const;

/** What esbuild calls the code given to it. */
const ENTRY = "packages/client/entry.ts";

interface Output {
  readonly bytes: number;
  /** Loaded with the program, itself or by a static import of what is. */
  readonly entry: boolean;
}

async function bundle(contents: string): Promise<{ outputs: readonly Output[]; packages: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    stdin: { contents, resolveDir: LIBRARY, sourcefile: "entry.ts", loader: "ts" },
    absWorkingDir: root,
    external: ["socket.io-client"],
    metafile: true,
  });
  const { outputs } = metafile;
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && next in outputs) load(next);
    }
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === ENTRY) load(path);
  const sizes = new Map(outputFiles.map(({ path, contents: code }) => [path, gzipSync(code, { level: 9 }).length]));
  return {
    outputs: Object.keys(outputs).map((path) => ({
      bytes: sizes.get(join(root, path)) ?? 0,
      entry: loaded.has(path),
    })),
    packages: [...new Set(Object.values(outputs).flatMap(packagesIn))].toSorted(),
  };
}

/** The packages of which something is left in an output. */
function packagesIn({ inputs }: { inputs: Readonly<Record<string, { bytesInOutput: number }>> }): string[] {
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
    return name !== undefined && bytesInOutput > 0 ? [name] : [];
  });
}

function total(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { bytes }) => sum + bytes, 0);
}
