import type { FileInfo, FileLink, FileVariant } from "@im-webapp/protocol";
import { ImError, unavailable } from "../errors.ts";
import { search } from "../transport/rest.ts";
import type { RemoteContext } from "./remote.ts";

/** How long a whole file may take, either way, in milliseconds: 100 MB over a slow line. */
const FILE_TIMEOUT_MS = 15 * 60_000;

type FileContext = Pick<RemoteContext, "account" | "origin" | "send">;

/** Files that messages carry. Calls but `local` need the server, and reject with an `ImError`. */
export class FileCalls {
  readonly #context: FileContext;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /**
   * A file as it was uploaded, or an image small (`thumbnail`, at most 320 px) or to fill a screen (`preview`, at most
   * 1,600 px). `NOT_FOUND` for one that the caller may not read.
   */
  async read(fileId: string, variant: FileVariant = "original"): Promise<Blob> {
    // By a link: what carries the token reads JSON.
    const { url } = await this.link(fileId);
    const signal = AbortSignal.timeout(FILE_TIMEOUT_MS);
    try {
      const response = await fetch(`${this.#context.origin}${url}&${search({ variant })}`, { signal });
      if (response.ok) return await response.blob();
    } catch {
      throw unavailable("network", "The file cannot be reached");
    }
    throw new ImError({ code: "NOT_FOUND", message: "There is no such file" });
  }

  /**
   * A path of the server by which players and downloads read a file without a header, for an hour; with `download`, to be
   * saved under its name rather than shown. `NOT_FOUND` as `read`.
   */
  async link(fileId: string, { download = false }: { readonly download?: boolean } = {}): Promise<FileLink> {
    const link = await this.#context.send<FileLink>({ method: "GET", path: `${pathOf(fileId)}/link` });
    return download ? { ...link, url: `${link.url}&${search({ download: "1" })}` } : link;
  }

  /**
   * Local. What a message of `sendFile` carries, until it has come back as a message; undefined where it is not on this
   * device. `thumbnail`: the picture of a film.
   */
  local(clientMessageId: string, which: "file" | "thumbnail" = "file"): Promise<Blob | undefined> {
    return this.#context.account().unsent.uploads.local(clientMessageId, which === "file" ? 0 : 1);
  }

  /** What a file is. `NOT_FOUND` as `read`; `CONFLICT` while it is not wholly uploaded. */
  info(fileId: string): Promise<FileInfo> {
    return this.#context.send({ method: "GET", path: `${pathOf(fileId)}/info` });
  }
}

const pathOf = (fileId: string) => `/files/${encodeURIComponent(fileId)}`;
