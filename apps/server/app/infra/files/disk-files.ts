import { createReadStream } from "node:fs";
import { link, mkdir, open as openFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { Disk, errors } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import type { ByteRange, FileStore } from "../../core/files/file-store.ts";

/** Files in a folder of this machine, or one that the nodes share. */
export class DiskFiles implements FileStore {
  readonly #folder: string;
  readonly #disk: Disk;

  /** @param folder absolute; made when the first file is put */
  constructor(folder: string) {
    this.#folder = folder;
    this.#disk = new Disk(new FSDriver({ location: folder, visibility: "private" }));
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#disk.put(name, bytes);
  }

  async putFile(name: string, source: string): Promise<void> {
    const target = this.#pathOf(name);
    await mkdir(path.dirname(target), { recursive: true });
    await sync(source);
    try {
      // A second name for the same bytes costs nothing, and the first may go.
      await link(source, target);
    } catch (error) {
      if (isCode(error, "EEXIST")) return;
      await this.#disk.copyFromFs(source, name);
    }
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#disk.getBytes(name);
    } catch (error) {
      if (error instanceof errors.E_CANNOT_READ_FILE && isCode(error.cause, "ENOENT")) return undefined;
      throw error;
    }
  }

  async open(name: string, range?: ByteRange): Promise<Readable | undefined> {
    const file = this.#pathOf(name);
    try {
      // Opened before the first byte is promised, so that one which is missing is told from one that breaks off.
      const handle = await openFile(file);
      return createReadStream(file, { ...range, fd: handle });
    } catch (error) {
      if (isCode(error, "ENOENT")) return undefined;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await this.#disk.delete(name);
  }

  /** @throws {Error} for a name that leads out of the folder */
  #pathOf(name: string): string {
    const file = path.join(this.#folder, name);
    if (!file.startsWith(this.#folder + path.sep)) throw new Error(`path traversal: ${name}`);
    return file;
  }
}

/** Has what was written to a file on the disk. */
async function sync(file: string): Promise<void> {
  const handle = await openFile(file);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
