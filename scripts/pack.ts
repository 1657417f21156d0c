/**
 * Makes what is published to npm: builds each package as plain JavaScript with types into `release/`, and packs it.
 *
 *   tsx scripts/pack.ts     prints the tarballs' paths
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

const RELEASE = join(root, "release");

/** In the order in which they need each other. */
const PACKAGES = ["protocol", "client", "react", "cli"];

/** In types, relative imports keep their source's ending; a program that installs the package has no sources. */
const RELATIVE_SOURCE = /((?:from|import\()\s*"\.{1,2}\/[^"]*)\.tsx?"/g;

interface Manifest {
  name: string;
  exports: Record<string, string>;
  /** What only the published package has. */
  publishConfig?: { bin?: Record<string, string> };
  [field: string]: unknown;
}

rmSync(RELEASE, { recursive: true, force: true });
for (const name of PACKAGES) {
  compile(name);
  describe(name);
}
for (const name of PACKAGES) {
  const answer = run("npm", ["pack", "--json", "--pack-destination", RELEASE], join(RELEASE, name));
  const [packed] = JSON.parse(answer) as [{ filename: string }];
  console.log(join(RELEASE, packed.filename));
}

function compile(name: string): void {
  const folder = join(root, "packages", name);
  const outDir = join(RELEASE, name);
  mkdirSync(outDir, { recursive: true });
  const project = join(outDir, "tsconfig.json");
  const options = {
    extends: join(folder, "tsconfig.json"),
    compilerOptions: {
      rootDir: join(folder, "src"),
      outDir,
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      types: ["node"],
      // What was built before, instead of its sources.
      paths: Object.fromEntries(PACKAGES.slice(0, PACKAGES.indexOf(name)).flatMap((other) => builtTypes(other))),
    },
    include: [join(folder, "src")],
    exclude: [join(folder, "src/**/*.test.*"), join(folder, "src/**/*conformance.ts")],
  };
  writeFileSync(project, JSON.stringify(options));
  run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", project], root);
  rmSync(project);
  for (const file of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".d.ts")) continue;
    const path = join(outDir, file);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(RELATIVE_SOURCE, '$1.js"'));
  }
}

/** Where the types of what a built package exports are, by the name under which it is imported. */
function builtTypes(name: string): [string, string[]][] {
  const { exports } = JSON.parse(readFileSync(join(RELEASE, name, "package.json"), "utf8")) as {
    exports: Record<string, { types: string }>;
  };
  return Object.entries(exports).map(([path, { types }]) => [
    join(`@im-webapp/${name}`, path),
    [join(RELEASE, name, types)],
  ]);
}

/** Writes the package's manifest as its users see it, and adds what comes with it. */
function describe(name: string): void {
  const folder = join(root, "packages", name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const { private: _private, devDependencies: _devDependencies, exports, publishConfig, ...rest } = manifest;
  const built = (source: string) => source.replace("./src/", "./").replace(/\.tsx?$/, "");
  const { bin } = publishConfig ?? {};
  const published = {
    ...rest,
    exports: Object.fromEntries(
      Object.entries(exports).map(([path, source]) => [
        path,
        { types: `${built(source)}.d.ts`, default: `${built(source)}.js` },
      ]),
    ),
    ...(bin && {
      bin: Object.fromEntries(Object.entries(bin).map(([command, source]) => [command, `${built(source)}.js`])),
    }),
  };
  writeFileSync(join(RELEASE, name, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  cpSync(join(folder, "README.md"), join(RELEASE, name, "README.md"));
  cpSync(join(root, "LICENSE"), join(RELEASE, name, "LICENSE"));
}

/** @throws {Error} with what it wrote when it fails */
function run(program: string, options: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, options, { cwd, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${options.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
