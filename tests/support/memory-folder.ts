import { accessSync, constants, statfsSync } from "node:fs";
import { freemem } from "node:os";

/** A file system in memory: there, flushing a file costs nothing, where a disk takes milliseconds. */
const MEMORY_FOLDER = "/dev/shm";

/** Room for a project's files, in bytes: more than twice what MariaDB, Redis and the servers of `services` came to. */
const ROOM = 2 ** 30;

/** Memory that must be left beside them for what runs, in bytes. */
const SPARE = 3 * 2 ** 30;

/**
 * Once before a test run: temporary files go to memory where it is plentiful. Every message that a test sends is flushed
 * before it is acknowledged, and with two files at a time that is what tests mostly wait for. It takes nothing from what
 * they show: a killed process loses no file, in memory or on a disk. A `TMPDIR` that is set stays.
 */
export default function useMemoryFolder(): void {
  if (process.env.TMPDIR === undefined && hasRoom()) process.env.TMPDIR = MEMORY_FOLDER;
}

function hasRoom(): boolean {
  try {
    accessSync(MEMORY_FOLDER, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
    return bavail * bsize >= ROOM && freemem() >= ROOM + SPARE;
  } catch {
    return false;
  }
}
