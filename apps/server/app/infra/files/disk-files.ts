import { Disk, errors } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import type { FileStore } from "../../core/files/file-store.ts";

/** Files in a folder of this machine, or one that the nodes share. Another driver of the disk would keep them elsewhere. */
export class DiskFiles implements FileStore {
  readonly #disk: Disk;

  /** @param folder absolute; made when the first file is put */
  constructor(folder: string) {
    this.#disk = new Disk(new FSDriver({ location: folder, visibility: "private" }));
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#disk.put(name, bytes);
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#disk.getBytes(name);
    } catch (error) {
      if (error instanceof errors.E_CANNOT_READ_FILE && isMissing(error.cause)) return undefined;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await this.#disk.delete(name);
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
