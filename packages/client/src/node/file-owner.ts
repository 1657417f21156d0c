import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomUuid } from "../platform/uuid.ts";
import { StoreFileError } from "./store-file-error.ts";

/**
 * Which process has a file open, in a file beside it. SQLite's own lock, as this driver has it, outlives a process that
 * is killed; this one says whose it is, so that the next process can tell a dead owner from a living one.
 */
export class FileOwner {
  /** Whether the process that had the file before ended without giving it back. */
  readonly isTakenOver: boolean;
  readonly #path: string;

  private constructor(path: string, isTakenOver: boolean) {
    this.#path = path;
    this.isTakenOver = isTakenOver;
  }

  /** Makes this process the owner of `file`. Throws a `StoreFileError` (`inUse`) while another one, or itself, is. */
  static take(file: string): FileOwner {
    const path = `${file}.owner`;
    if (claim(path)) return new FileOwner(path, false);
    const before = read(path);
    if (before !== undefined && isAlive(before)) throw inUse(file, path, before);
    if (before !== undefined) remove(file, path, before);
    if (!claim(path)) throw inUse(file, path, read(path) ?? "");
    return new FileOwner(path, true);
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}

/** Puts this process's name there, whole at once; false where there is one. */
function claim(path: string): boolean {
  const draft = `${path}.${randomUuid()}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid)}`, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead owner's name. Should another process have been quicker, what it has put there stays. */
function remove(file: string, path: string, before: string): void {
  const aside = `${path}.${randomUuid()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const found = read(aside) ?? "";
  if (found !== before) linkSync(aside, path);
  rmSync(aside, { force: true });
  if (found !== before) throw inUse(file, path, found);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(owner: string): boolean {
  const [number, start = ""] = owner.split(" ");
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as another user's.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // Process numbers are given again, in containers most often the same one: the start tells two of them apart.
  return startOf(pid) === start;
}

/** When a process began, in the system's own count; empty where the system does not tell (all but Linux). */
function startOf(pid: number): string {
  if (process.platform !== "linux") return "";
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22; the second one is the program's name in brackets and may hold anything.
    return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function inUse(file: string, path: string, owner: string): StoreFileError {
  const [pid = "unknown"] = owner.split(" ");
  return new StoreFileError("inUse", `${file} is open in process ${pid}; if that is none of yours, remove ${path}`);
}
