import { MAX_PORTRAIT_BYTES, MAX_PORTRAIT_PIXELS, PORTRAIT_SIZE } from "@im-webapp/protocol";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import type { PortraitMaker } from "../../core/portraits/portraits.ts";
import { ImError } from "../../core/shared/errors.ts";
import { ImageTurns } from "./image-turns.ts";

/** Kinds that are read, by what the bytes are and not by what a caller calls them. SVG is a program: never. */
const READABLE: readonly string[] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/** Longest time of one image in seconds; a large one takes half of one. */
const TIMEOUT_S = 5;

/** WebP's quality: a face at 256 px is 8–15 KB, and no difference is seen above. */
const QUALITY = 82;

/** Images that may wait; each waits with its bytes in memory. */
const MAX_WAITING = 8;

/** Makes portraits with libvips, one at a time. */
export class SharpPortraits implements PortraitMaker {
  readonly #turns = new ImageTurns(MAX_WAITING);

  async make(image: Uint8Array): Promise<Uint8Array> {
    if (image.length === 0) throw new ImError("BAD_REQUEST", "the body is to be the image");
    if (image.length > MAX_PORTRAIT_BYTES) throw new ImError("TOO_LARGE", "the image has too many bytes");
    return this.#turns.take(() => encode(image));
  }
}

async function encode(image: Uint8Array): Promise<Uint8Array> {
  const type = await fileTypeFromBuffer(image).catch(() => undefined);
  if (type === undefined || !READABLE.includes(type.mime)) {
    throw new ImError("BAD_REQUEST", "the image is to be a JPEG, PNG, WebP or GIF");
  }
  try {
    // Opened without a limit: only the header is read, and a bomb is to be told from what is broken.
    const { width, height } = await sharp(image, { limitInputPixels: false }).metadata();
    if (width * height > MAX_PORTRAIT_PIXELS) throw new ImError("TOO_LARGE", "the image has too many pixels");
    // Of an animation only the first picture is read. What is written has no metadata, and the colours of the web.
    return await sharp(image, { limitInputPixels: MAX_PORTRAIT_PIXELS, sequentialRead: true, failOn: "error" })
      .autoOrient()
      .resize(PORTRAIT_SIZE, PORTRAIT_SIZE, { fit: "cover", position: "centre" })
      .webp({ quality: QUALITY })
      .timeout({ seconds: TIMEOUT_S })
      .toBuffer();
  } catch (error) {
    if (error instanceof ImError) throw error;
    throw new ImError("BAD_REQUEST", "the image cannot be read");
  }
}
