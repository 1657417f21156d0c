import { open, stat } from "node:fs/promises";
import type { FileKind } from "@im-webapp/protocol";
import { encode as encodeBlurhash } from "blurhash";
import { fileTypeFromFile } from "file-type";
import sharp from "sharp";
import type { FileInspector, InspectedFile } from "../../core/files/ports.ts";
import { ImageTurns } from "./image-turns.ts";

/** Images that are shown. SVG is a program: it is a file like any other. */
const IMAGES: readonly string[] = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

/** Most pixels of an image that is shown, all pictures of an animation together: beyond it, it is a file like any other. */
const MAX_PIXELS = 64_000_000;

/** Largest image that is shown, in bytes. */
const MAX_IMAGE_BYTES = 50 * 1024 * 1024;

/** Longest time of one form of an image, in seconds. */
const TIMEOUT_S = 10;

/** Widths and heights of the smaller forms, in pixels: twice a bubble, and a screen. */
const THUMBNAIL_PX = 320;
const PREVIEW_PX = 1_600;

const QUALITY = 78;

/** Width and height of what a blurhash is made of, in pixels, and its parts in either direction. */
const BLUR_PX = 32;
const BLUR_PARTS = [4, 3] as const;

/** Images that may wait; each waits on the disk and not in memory. */
const MAX_WAITING = 64;

/** Bytes that are looked at to tell text from the rest. */
const TEXT_SAMPLE = 4_096;

/** What a file is by its bytes, with libvips for images. */
export class SharpFileInspector implements FileInspector {
  readonly #turns = new ImageTurns(MAX_WAITING);

  async inspect(path: string): Promise<InspectedFile> {
    const type = await fileTypeFromFile(path).catch(() => undefined);
    const mime = type?.mime ?? ((await isText(path)) ? "text/plain" : "application/octet-stream");
    if (IMAGES.includes(mime)) {
      const image = await this.#turns.take(() => readImage(path, mime).catch(() => undefined));
      if (image) return image;
    }
    return { mime, kind: kindOf(mime) };
  }
}

function kindOf(mime: string): FileKind {
  if (mime.startsWith("video/")) return "video";
  return mime.startsWith("audio/") || mime === "application/ogg" ? "audio" : "other";
}

/** What is shown of an image; undefined where it is too large to be. Rejects for what cannot be read. */
async function readImage(path: string, mime: string): Promise<InspectedFile | undefined> {
  // Opened without a limit: only the header is read.
  const header = await sharp(path, { limitInputPixels: false, animated: true }).metadata();
  const pages = header.pages ?? 1;
  const pixels = header.width * (header.pageHeight ?? header.height);
  const largest = Math.max(pixels, mime === "image/gif" ? await gifPixels(path) : 0);
  if (largest * pages > MAX_PIXELS || (header.size ?? (await sizeOf(path))) > MAX_IMAGE_BYTES) return undefined;
  // Of an animation the smaller forms show the first picture.
  const small = (size: number) =>
    sharp(path, { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn: "error" })
      .autoOrient()
      .resize(size, size, { fit: "inside", withoutEnlargement: true })
      .timeout({ seconds: TIMEOUT_S });
  const { data: preview, info } = await small(PREVIEW_PX)
    .webp({ quality: QUALITY })
    .toBuffer({ resolveWithObject: true });
  const thumbnail = await sharp(preview)
    .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toBuffer();
  const blur = await sharp(thumbnail).resize(BLUR_PX, BLUR_PX, { fit: "fill" }).ensureAlpha().raw().toBuffer();
  const isTurned = (header.orientation ?? 1) >= 5;
  const [width, height] = [header.width, header.pageHeight ?? header.height];
  return {
    mime,
    kind: "image",
    ...(isTurned ? { width: height, height: width } : { width, height }),
    blurhash: encodeBlurhash(new Uint8ClampedArray(blur), BLUR_PX, BLUR_PX, ...BLUR_PARTS),
    ...(pages > 1 && { animated: true as const }),
    thumbnail,
    ...(info.size > 0 && { preview }),
  };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

/**
 * Pixels of the screen on which a GIF says that its pictures are painted (GIF89a, 18): browsers make one as large, where
 * libvips goes by the pictures.
 */
async function gifPixels(path: string): Promise<number> {
  const begin = await beginningOf(path, 10);
  return begin.length < 10 ? 0 : begin.readUInt16LE(6) * begin.readUInt16LE(8);
}

async function beginningOf(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whether it begins like text in UTF-8. */
async function isText(path: string): Promise<boolean> {
  const sample = await beginningOf(path, TEXT_SAMPLE);
  if (sample.length === 0 || sample.includes(0)) return false;
  try {
    // The sample may end in the middle of a character.
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
