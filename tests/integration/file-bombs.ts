import { crc32, deflateRawSync } from "node:zlib";

interface Animation {
  /** Of each picture, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/** A GIF (GIF89a specification, W3C) of which each picture is as large as said, and paints one dot of it anew. */
export function animationOf({ width, height, frames }: Animation): Uint8Array<ArrayBuffer> {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  // Two colours follow.
  screen[4] = 0x80;
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  const delay = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
  const dot = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0]);
  const pictures = Array.from({ length: frames }, () => Buffer.concat([delay, dot]));
  return new Uint8Array(Buffer.concat([Buffer.from("GIF89a"), screen, colours, ...pictures, Buffer.from([0x3b])]));
}

/** A ZIP archive with one file in it (APPNOTE 6.3.10, PKWARE); its directory is left out, as in one that is being read. */
export function archiveWith(name: string, content: Buffer): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(content, { level: 9 });
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc32(content), 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return new Uint8Array(Buffer.concat([header, Buffer.from(name), packed]));
}
