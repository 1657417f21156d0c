import { ImError } from "../shared/errors.ts";
import type { FileStore } from "../files/file-store.ts";
import { newId } from "../shared/ids.ts";

/** Makes of an image that somebody sent one that is safe to show. */
export interface PortraitMaker {
  /**
   * A small square WebP without anything that the image said about itself.
   *
   * @throws {ImError} `BAD_REQUEST` for what is no image of an allowed kind or cannot be read, `TOO_LARGE` beyond the
   * limits, `UNAVAILABLE` when too many images wait
   */
  make(image: Uint8Array): Promise<Uint8Array>;
}

type PortraitFiles = Pick<FileStore, "put" | "get" | "remove">;

/** Where portraits are served, by their id. */
const ADDRESS = "/api/v1/portraits/";

/** An id as `newId` makes them; nothing else names a file. */
const PORTRAIT_ID = /^[0-9a-z]{20}$/;

/**
 * Pictures of people and groups. Each has an address that nobody can guess and whose content never changes: another
 * picture has another address.
 */
export class Portraits {
  readonly #files: PortraitFiles;
  readonly #maker: PortraitMaker;
  readonly #onFault: (error: unknown) => void;

  constructor(files: PortraitFiles, maker: PortraitMaker, onFault: (error: unknown) => void) {
    this.#files = files;
    this.#maker = maker;
    this.#onFault = onFault;
  }

  /**
   * Makes a portrait of an image and has `use` commit its address, a path of this server, in the place of an earlier
   * one, which it gives back. The earlier portrait is removed afterwards.
   *
   * @throws {ImError} as `PortraitMaker.make`, and what `use` throws: then nothing has changed
   */
  async replace(image: Uint8Array, use: (address: string) => Promise<string | undefined>): Promise<void> {
    const portraitId = newId();
    await this.#files.put(fileOf(portraitId), await this.#maker.make(image));
    const address = ADDRESS + portraitId;
    let earlier: string | undefined;
    try {
      earlier = await use(address);
    } catch (error) {
      // Whether a database that went away has committed is unknown; a file that nobody shows does no harm.
      if (error instanceof ImError && error.code !== "UNAVAILABLE") await this.remove(address);
      throw error;
    }
    await this.remove(earlier);
  }

  /** Removes the portrait with this address, if there is one. Never rejects: nobody has to wait for it. */
  async remove(address: string | undefined): Promise<void> {
    const portraitId = address?.startsWith(ADDRESS) === true ? address.slice(ADDRESS.length) : "";
    if (!PORTRAIT_ID.test(portraitId)) return;
    await this.#files.remove(fileOf(portraitId)).catch(this.#onFault);
  }

  /** A portrait, as WebP. @throws {ImError} `NOT_FOUND` */
  async read(portraitId: string): Promise<Uint8Array> {
    const bytes = PORTRAIT_ID.test(portraitId) ? await this.#files.get(fileOf(portraitId)) : undefined;
    if (bytes === undefined) throw new ImError("NOT_FOUND", "there is no such portrait");
    return bytes;
  }
}

function fileOf(portraitId: string): string {
  return `portraits/${portraitId}.webp`;
}
