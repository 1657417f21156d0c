import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { EpochMs, FileInfo, FileKind, FileVariant, UserId } from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import type { ByteRange, FileStore } from "./file-store.ts";
import { safeFileName } from "./file-name.ts";
import type { FileIndex, FileInspector, PendingUploads, StoredFile } from "./ports.ts";

/** How long a file that no message carries is kept, in milliseconds: a day, in which whoever uploaded it may send it. */
const UNUSED_LIFE_MS = 24 * 60 * 60 * 1000;

/** An id as the server makes them; nothing else names a file in the store. */
export const FILE_ID = /^[0-9a-z]{20}$/;

export interface FilesOptions {
  readonly index: FileIndex;
  readonly store: FileStore;
  readonly inspector: FileInspector;
  readonly uploads: PendingUploads;
  readonly clock: Clock;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** Largest file of each kind, in bytes; what kind it is shows when it has come. */
  readonly maxBytesOfKind: Readonly<Record<FileKind, number>>;
  /** All files of one user, in bytes. */
  readonly maxBytesOfUser: number;
}

/** A file to be read. */
export interface OpenFile {
  readonly info: FileInfo;
  /** Of what is read, which is WebP in a variant. */
  readonly mime: string;
  /** Undefined where it is not known before it is read. */
  readonly size: number | undefined;
  read(range?: ByteRange): Promise<Readable>;
}

/** Files that people upload: each has an id that nobody can guess, and is read by those who may read a message with it. */
export class Files {
  readonly #options: FilesOptions;
  readonly #taking = new Map<string, Promise<FileInfo>>();

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** Bytes of the largest file. */
  get maxBytes(): number {
    return this.#options.maxBytes;
  }

  /**
   * What is under way counts as if it were there: else many uploads that never end would take what room there is.
   *
   * @param announced bytes of uploads that begin at the same time
   * @throws {ImError} `TOO_LARGE` where no upload of this size may begin
   */
  async requireRoomToUpload(userId: UserId, bytes: number, announced: number): Promise<void> {
    await this.#requireRoom(userId, bytes, announced + (await this.#options.uploads.bytesOf(userId)));
  }

  async #requireRoom(userId: UserId, bytes: number, underWay: number): Promise<void> {
    const { index, maxBytes, maxBytesOfUser } = this.#options;
    if (bytes > maxBytes) {
      throw new ImError("TOO_LARGE", `a file has at most ${maxBytes} bytes`, { details: { reason: "file" } });
    }
    if ((await index.bytesOf(userId)) + underWay + bytes > maxBytesOfUser) {
      throw new ImError("TOO_LARGE", `all your files have at most ${maxBytesOfUser} bytes`, {
        details: { reason: "account" },
      });
    }
  }

  /**
   * Takes a file that has come wholly and lies at `path`, where it stays; done again, it answers as the first time.
   *
   * @throws {ImError} `TOO_LARGE` for a file, for its kind, or for all files of the user; `UNAVAILABLE` when too many wait
   */
  take(userId: UserId, fileId: string, path: string, name: string): Promise<FileInfo> {
    // The end of an upload and the question what came of it may meet.
    const underWay = this.#taking.get(fileId) ?? this.#take(userId, fileId, path, name);
    this.#taking.set(fileId, underWay);
    return underWay.finally(() => this.#taking.delete(fileId));
  }

  /** The same with an upload that was resumable, which then is no more. @throws {ImError} `CONFLICT` until it is whole */
  async takeUpload(userId: UserId, fileId: string): Promise<FileInfo> {
    const { uploads } = this.#options;
    const upload = await uploads.find(fileId);
    if (upload?.userId !== userId) throw missing();
    if (!upload.isWhole) throw new ImError("CONFLICT", "the file has not come wholly yet");
    const info = await this.take(userId, fileId, upload.path, upload.name).catch(async (error: unknown) => {
      // What is too large for its kind stays so, and would only take room.
      if (error instanceof ImError && error.details?.["reason"] === "kind") await uploads.remove(fileId);
      throw error;
    });
    await uploads.remove(fileId);
    return info;
  }

  /**
   * What a file is. One whose upload ended in a moment when the server could not take it is taken now.
   *
   * @throws {ImError} `NOT_FOUND` for all who may not read it, `CONFLICT` until it is whole
   */
  async info(userId: UserId, fileId: string): Promise<FileInfo> {
    const { index } = this.#options;
    if (!FILE_ID.test(fileId)) throw missing();
    if ((await index.find(fileId)) === undefined) return this.takeUpload(userId, fileId);
    return toInfo(await this.#requireReadable(userId, fileId));
  }

  /** @throws {ImError} `NOT_FOUND` for all who may not read it, and for a form that it does not have */
  async open(userId: UserId, fileId: string, variant: FileVariant): Promise<OpenFile> {
    const file = await this.#requireReadable(userId, fileId);
    const name = nameOf(fileId, variant);
    if (variant !== "original" && file.kind !== "image") throw missing();
    return {
      info: toInfo(file),
      mime: variant === "original" ? file.mime : "image/webp",
      size: variant === "original" ? file.size : undefined,
      read: async (range) => {
        const stream = await this.#options.store.open(name, range);
        if (!stream) throw missing();
        return stream;
      },
    };
  }

  /** Removes files that may go; gives how many went. Called again while it gives as many as `limit`. */
  async sweep(limit: number): Promise<number> {
    const { index, store, clock } = this.#options;
    const before = clock();
    const fileIds = await index.removable(before, limit);
    for (const fileId of fileIds) {
      // In this order a crash leaves bytes that nobody can reach, and never a file without its bytes.
      if (!(await index.forget(fileId, before))) continue;
      for (const variant of ["original", "preview", "thumbnail"] as const) await store.remove(nameOf(fileId, variant));
    }
    return fileIds.length;
  }

  async #take(userId: UserId, fileId: string, path: string, name: string): Promise<FileInfo> {
    const { index, store, inspector, clock } = this.#options;
    const known = await index.find(fileId);
    if (known) return toInfo(known);
    const { size } = await stat(path);
    await this.#requireRoom(userId, size, 0);
    const { thumbnail, preview, ...what } = await inspector.inspect(path);
    this.#requireSizeOfKind(what.kind, size);
    const file: StoredFile = { fileId, uploaderId: userId, name: safeFileName(name), size, ...what };
    if (thumbnail) await store.put(nameOf(fileId, "thumbnail"), thumbnail);
    if (preview) await store.put(nameOf(fileId, "preview"), preview);
    await store.putFile(nameOf(fileId, "original"), path);
    const at: EpochMs = clock();
    await index.add(file, at, at + UNUSED_LIFE_MS);
    return toInfo(file);
  }

  #requireSizeOfKind(kind: FileKind, size: number): void {
    const most = this.#options.maxBytesOfKind[kind];
    if (size <= most) return;
    throw new ImError("TOO_LARGE", `a file of this kind has at most ${most} bytes`, {
      details: { reason: "kind", kind },
    });
  }

  async #requireReadable(userId: UserId, fileId: string): Promise<StoredFile> {
    const { index } = this.#options;
    const file = FILE_ID.test(fileId) ? await index.find(fileId) : undefined;
    if (!file) throw missing();
    if (file.uploaderId !== userId && !(await index.isCarriedTo(fileId, userId))) throw missing();
    return file;
  }
}

function missing(): ImError {
  return new ImError("NOT_FOUND", "there is no such file");
}

function toInfo({ uploaderId: _uploaderId, ...info }: StoredFile): FileInfo {
  return info;
}

/** What the file store calls it. */
function nameOf(fileId: string, variant: FileVariant): string {
  return variant === "original" ? `files/${fileId}` : `files/${fileId}.${variant}.webp`;
}
