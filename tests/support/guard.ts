import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/root.ts";

let guardian: ChildProcess | undefined;

/** Tells the guardian (see guardian.mjs), started with the first word to it. */
function tell(line: string): void {
  if (guardian?.stdin?.writable !== true) {
    guardian = spawn(process.execPath, [join(root, "tests/support/guardian.mjs")], {
      cwd: root,
      // In a session of its own: Ctrl-C at the terminal must not end it before it has cleaned up.
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    guardian.unref();
    if (guardian.stdin instanceof Socket) guardian.stdin.unref();
  }
  guardian.stdin?.write(`${line}\n`);
}

/** The process group led by `pid` is killed when this process ends without having called `releaseGroup`. */
export function guardGroup(pid: number): void {
  tell(`+${pid}`);
}

export function releaseGroup(pid: number): void {
  tell(`-${pid}`);
}

/** A fresh folder under the system's temporary one, removed at the latest when this process ends. */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `im-webapp-${name}-`));
  tell(`+${folder}`);
  return folder;
}

export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  tell(`-${folder}`);
}
