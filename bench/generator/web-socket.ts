/** RFC 6455 as far as a generator needs it: whole text frames, no extension. */

const FINAL_TEXT = 0x81;
const TEXT = 0x1;
const MASKED = 0x80;
const SHORT = 125;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASK_BYTES = 4;
/** Largest payload whose length fits into 16 bits. */
const MAX_16 = 0xffff;

/**
 * A client's text frame. The key of its mask is zero, which leaves the payload as it is: the server unmasks it as any
 * other, and the generator saves the work. `payloadAt` is where the payload begins.
 */
export function textFrame(payload: string): { bytes: Buffer; payloadAt: number } {
  const length = Buffer.byteLength(payload);
  if (length > MAX_16) throw new RangeError("a generator sends no frame of this size");
  const payloadAt = (length > SHORT ? 4 : 2) + MASK_BYTES;
  const bytes = Buffer.alloc(payloadAt + length);
  bytes[0] = FINAL_TEXT;
  if (length > SHORT) {
    bytes[1] = MASKED | LENGTH_16;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = MASKED | length;
  }
  bytes.write(payload, payloadAt);
  return { bytes, payloadAt };
}

/** The first line and headers of an opening handshake. The key is that of RFC 6455's example: nobody checks it here. */
export function openingHandshake(path: string, host: string): Buffer {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
}

/** Cuts a server's bytes into frames. */
export class FrameReader {
  readonly #text: (bytes: Buffer, from: number, to: number) => void;
  #rest: Buffer | undefined;

  /** @param text hears of each text frame: its payload stands between two offsets, valid during the call */
  constructor(text: (bytes: Buffer, from: number, to: number) => void) {
    this.#text = text;
  }

  read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const next = this.#frame(bytes, at);
      if (next === undefined) break;
      at = next;
    }
    // Copied, because the chunk's memory belongs to the next read.
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
  }

  /** Reads the frame at an offset; gives the offset of the next, or nothing when this one is not whole yet. */
  #frame(bytes: Buffer, at: number): number | undefined {
    const kind = bytes[at];
    let length = bytes[at + 1];
    if (kind === undefined || length === undefined) return undefined;
    let from = at + 2;
    if (length === LENGTH_16) {
      if (bytes.length < from + 2) return undefined;
      length = bytes.readUInt16BE(from);
      from += 2;
    } else if (length === LENGTH_64) {
      if (bytes.length < from + 8) return undefined;
      length = Number(bytes.readBigUInt64BE(from));
      from += 8;
    }
    const to = from + length;
    if (bytes.length < to) return undefined;
    if ((kind & 0x0f) === TEXT) this.#text(bytes, from, to);
    return to;
  }
}
