import type { Context } from "egg";
import { ImError } from "../core/shared/errors.ts";

/**
 * The body of a call that carries no JSON, as it came. Empty when there is none, or the parser has taken it.
 *
 * @throws {ImError} `TOO_LARGE` beyond `maxBytes`, of which no more is kept; `BAD_REQUEST` when it breaks off
 */
export async function readBytes(ctx: Context, maxBytes: number): Promise<Uint8Array> {
  const { req } = ctx;
  const tooLarge = () => new ImError("TOO_LARGE", `the body has more than ${maxBytes} bytes`);
  if (Number(ctx.get("content-length")) > maxBytes) throw tooLarge();
  if (req.readableEnded) return new Uint8Array();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      // What still comes is read and dropped, so that the caller gets to hear the refusal.
      chunks.length = 0;
      reject(tooLarge());
    });
    req.on("end", () => resolve(Buffer.concat(chunks)));
    req.on("error", () => reject(new ImError("BAD_REQUEST", "the body broke off")));
  });
}
