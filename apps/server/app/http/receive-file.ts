import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import type { Context } from "egg";
import { ImError } from "../core/shared/errors.ts";

/** The field of a form that carries the file. */
const FIELD = "file";

/** Bytes of the parts around the file. */
const FORM_OVERHEAD = 16 * 1024;

/**
 * Writes the file of a multipart form to `path`, and gives the name that it has there.
 *
 * @throws {ImError} `BAD_REQUEST` for what is no such form or breaks off, `TOO_LARGE` beyond `maxBytes`; the rest of it is
 * read and dropped, so that the caller gets to hear that
 */
export async function receiveFile(ctx: Context, path: string, maxBytes: number): Promise<string> {
  const { req } = ctx;
  const contentType = req.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new ImError("BAD_REQUEST", "the body is to be a form (multipart/form-data) with the file");
  }
  const tooLarge = () =>
    new ImError("TOO_LARGE", `a file has at most ${maxBytes} bytes`, { details: { reason: "file" } });
  if (Number(req.headers["content-length"]) > maxBytes + FORM_OVERHEAD) throw tooLarge();
  let name: string | undefined;
  let written: Promise<void> | undefined;
  let isTooLarge = false;
  const form = parser(contentType, maxBytes);
  form.on("file", (field, stream, filename) => {
    if (field !== FIELD || written) {
      stream.resume();
      return;
    }
    name = filename;
    stream.on("limit", () => (isTooLarge = true));
    written = pipeline(stream, createWriteStream(path));
    // Looked at below; until then it is nobody's.
    written.catch(() => undefined);
  });
  try {
    await pipeline(req, form);
    await written;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") throw error;
    throw new ImError("BAD_REQUEST", "the form broke off or cannot be read", { cause: error });
  }
  if (isTooLarge) throw tooLarge();
  if (!written) throw new ImError("BAD_REQUEST", `the form has no field "${FIELD}" with a file`);
  return name ?? "";
}

function parser(contentType: string, maxBytes: number): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { files: 1, fields: 8, fieldSize: 1024, parts: 16, headerPairs: 16, fileSize: maxBytes },
    });
  } catch (error) {
    throw new ImError("BAD_REQUEST", "the form cannot be read", { cause: error });
  }
}
