/**
 * Type-checks every workspace by its own tsconfig.json, a few at a time, and prints the errors of all of them.
 * Exit code 1 when any has one.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { root } from "./root.ts";

const projects = [
  ".",
  "tests",
  "bench",
  "examples",
  ...["packages", "apps"].flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name))),
].filter((folder) => existsSync(join(root, folder, "tsconfig.json")));

async function check(folder: string): Promise<boolean> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const arguments_ = [tsc, "--noEmit", "--pretty", "false", "-p", join(root, folder)];
  const child = spawn(process.execPath, arguments_, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const name = relative(root, join(root, folder)) || "(root)";
  process.stdout.write(code === 0 ? `types: ${name} ok\n` : `types: ${name} FAILED\n${output}`);
  return code === 0;
}

const queue = projects.values();
let failed = 0;
await Promise.all(
  Array.from({ length: Math.min(projects.length, availableParallelism()) }, async () => {
    for (const folder of queue) if (!(await check(folder))) failed += 1;
  }),
);
process.exitCode = failed === 0 ? 0 : 1;
