import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FileStore as TusFileStore } from "@tus/file-store";
import type { UserId } from "@im-webapp/protocol";
import type { Upload } from "@tus/server";
import { FILE_ID } from "../../core/files/files.ts";
import type { PendingUpload, PendingUploads } from "../../core/files/ports.ts";

/** How long an upload may rest before it has to begin anew, in milliseconds: a long weekend. */
const REST_MS = 4 * 24 * 60 * 60 * 1000;

/** The ending of a description, which stands beside its upload and does not change. */
const DESCRIPTION = ".json";

/** What an upload is called by its uploader, and whose it is; the second is ours alone to say. */
export const NAME_FIELD = "filename";
export const OWNER_FIELD = "owner";

/** Uploads under way: in a folder of this machine, or one that the nodes share, as tus keeps them. */
export class UploadFolder implements PendingUploads {
  readonly folder: string;
  readonly store: TusFileStore;
  /** Whose the uploads are and how large they will be, by their ids; read once each. */
  readonly #known = new Map<string, { readonly userId: unknown; readonly bytes: number }>();

  /** @param folder absolute; made here */
  constructor(folder: string) {
    this.folder = folder;
    this.store = new TusFileStore({ directory: folder });
  }

  /** Where a file of one piece may be written before it is taken; to be removed afterwards. */
  async newPath(fileId: string): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    return path.join(this.folder, `${fileId}.part`);
  }

  async find(fileId: string): Promise<PendingUpload | undefined> {
    // Everything else is no name of ours, a path least of all.
    const upload = FILE_ID.test(fileId) ? await this.#describe(fileId) : undefined;
    const userId = upload?.metadata?.[OWNER_FIELD];
    if (!upload || typeof userId !== "string") return undefined;
    return {
      userId,
      name: upload.metadata?.[NAME_FIELD] ?? "",
      path: path.join(this.folder, fileId),
      isWhole: upload.offset === upload.size,
    };
  }

  async bytesOf(userId: UserId): Promise<number> {
    const names = await readdir(this.folder).catch(() => []);
    const fileIds = new Set(
      names.filter((name) => name.endsWith(DESCRIPTION)).map((name) => name.slice(0, -DESCRIPTION.length)),
    );
    for (const fileId of this.#known.keys()) if (!fileIds.has(fileId)) this.#known.delete(fileId);
    for (const fileId of fileIds) {
      if (this.#known.has(fileId)) continue;
      const upload = await this.#describe(fileId);
      if (upload) this.#known.set(fileId, { userId: upload.metadata?.[OWNER_FIELD], bytes: upload.size ?? 0 });
    }
    return [...this.#known.values()].reduce((sum, known) => sum + (known.userId === userId ? known.bytes : 0), 0);
  }

  async remove(fileId: string): Promise<void> {
    await Promise.all([fileId, fileId + DESCRIPTION].map((name) => rm(path.join(this.folder, name), { force: true })));
  }

  /** Removes what has rested for too long. */
  async sweep(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const file = path.join(this.folder, name);
      const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
      // The description of an upload is not touched again while it grows.
      const grows = name.endsWith(DESCRIPTION)
        ? await stat(file.slice(0, -DESCRIPTION.length)).catch(() => undefined)
        : undefined;
      if (Date.now() - (grows?.mtimeMs ?? mtimeMs) > REST_MS) await rm(file, { force: true });
    }
  }

  async #describe(fileId: string): Promise<Upload | undefined> {
    try {
      return await this.store.getUpload(fileId);
    } catch (error) {
      // What tus throws for one that is not there.
      if (isStatus(error, 404) || isStatus(error, 410)) return undefined;
      throw error;
    }
  }
}

function isStatus(error: unknown, status: number): boolean {
  return typeof error === "object" && error !== null && "status_code" in error && error.status_code === status;
}
