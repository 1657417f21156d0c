import { UPLOADS_PATH } from "@im-webapp/protocol";
import { DetailedError, Upload } from "tus-js-client";
import type { UploadOptions } from "tus-js-client";
import { fromWire, ImError, unavailable } from "../errors.ts";

/**
 * Bytes of one request: what a break costs at most where the server, or a proxy before it, keeps nothing of a request
 * that was not finished, and small enough for proxies that bound a request.
 */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** The way to the server, and who asks. */
export interface Server {
  readonly origin: string;
  readonly token: string;
}

export interface Transfer extends Server {
  readonly file: Blob;
  readonly name: string;
  /** The path of the upload, where it has begun. */
  readonly url: string | undefined;
  readonly signal: AbortSignal;
  /** Where the upload goes on if it is cut short, as a path; told before the first byte is sent. */
  readonly begun: (url: string) => void;
  /** This many bytes have been sent. */
  readonly progress: (bytes: number) => void;
}

/**
 * Uploads a file, from where it was; one that the server has forgotten from its beginning. Gives the path of the upload.
 *
 * @throws {ImError} what the server refuses; `UNAVAILABLE` for what may go on later; what `signal` was aborted with
 */
export function transfer({ file, name, url, signal, begun, progress, ...server }: Transfer): Promise<string> {
  return new Promise((resolve, reject) => {
    const pathOf = (): string => new URL(upload.url ?? "", server.origin).pathname;
    const upload = new Upload(file, {
      ...optionsFor(server),
      endpoint: server.origin + UPLOADS_PATH,
      uploadUrl: url === undefined ? null : server.origin + url,
      chunkSize: CHUNK_BYTES,
      metadata: { filename: name },
      storeFingerprintForResuming: false,
      // A browser reads any `Blob`, and tells how much of a request is sent; Node wants bytes.
      ...(typeof XMLHttpRequest === "undefined" && { fileReader: { openFile: async (blob: Blob) => sourceOf(blob) } }),
      // Ended while the file was being opened, it would go on all the same.
      onBeforeRequest: () => signal.throwIfAborted(),
      onUploadUrlAvailable: () => {
        if (!signal.aborted) begun(pathOf());
      },
      onProgress: (bytes) => {
        if (!signal.aborted) progress(bytes);
      },
      onSuccess: () => resolve(pathOf()),
      onError: (error) => reject(toError(error)),
    });
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
      // It is not told to the server: the upload goes on from there, or is removed apart from this.
      upload.abort().catch(() => undefined);
    });
    if (signal.aborted) reject(signal.reason as Error);
    else upload.start();
  });
}

/** Removes an upload that nobody will go on with. One that is gone, or cannot be reached, is left to the server. */
export async function abandon(url: string, server: Server): Promise<void> {
  await Upload.terminate(server.origin + url, optionsFor(server)).catch(() => undefined);
}

/** `retryDelays`: who waits how long is said in one place, for all that is sent. */
function optionsFor({ token }: Server): UploadOptions {
  return { headers: { authorization: `Bearer ${token}` }, retryDelays: null };
}

function sourceOf(blob: Blob) {
  return {
    size: blob.size,
    slice: async (start: number, end: number) => {
      const part = blob.slice(start, end);
      const value = Object.assign(new Uint8Array(await part.arrayBuffer()), { size: part.size });
      return { value, done: end >= blob.size };
    },
    close: () => undefined,
  };
}

function toError(error: Error): ImError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return unavailable("network", "The upload was cut short");
  const status = response.getStatus();
  // It is gone: the next attempt finds that out, and begins anew.
  if (status === 404 || status === 410) return unavailable("protocol", "The server no longer has the upload");
  const wire = refusalIn(response.getBody());
  if (wire !== undefined) return fromWire(wire, "INTERNAL");
  if (status === 401) return new ImError({ code: "UNAUTHENTICATED", message: "The session has ended" });
  if (status === 413) return new ImError({ code: "TOO_LARGE", message: "The file is too large for a proxy" });
  // A lock, another offset, a restart: asked again, the server says where the upload stands.
  return unavailable("protocol", `The upload was answered with status ${status}`);
}

function refusalIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { error?: unknown }).error;
  } catch {
    return undefined;
  }
}
