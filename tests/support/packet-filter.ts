import { Transform, type TransformCallback } from "node:stream";

/** The blank line after which a WebSocket's stream consists of frames. */
const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** A request for a WebSocket, or the answer that makes the connection one. */
const UPGRADE = /^HTTP\/1\.1 101 |^upgrade: websocket\r$/im;

interface Frame {
  /** Bytes of the whole frame. */
  readonly size: number;
  readonly payload: Buffer;
}

/**
 * One way of a WebSocket, frame by frame (RFC 6455, without extensions or continuations); a frame for whose text
 * `keeps` is false is left out. What is no WebSocket passes as it is.
 */
export class PacketFilter extends Transform {
  readonly #keeps: (text: string) => boolean;
  #kind: "unknown" | "frames" | "other" = "unknown";
  #waiting: Buffer = Buffer.alloc(0);

  constructor(keeps: (text: string) => boolean) {
    super();
    this.#keeps = keeps;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#waiting = Buffer.concat([this.#waiting, chunk]);
    if (this.#kind === "unknown") this.#readHead();
    if (this.#kind === "frames") this.#readFrames();
    else if (this.#kind === "other") this.#pass(this.#waiting.length);
    done();
  }

  #readHead(): void {
    const end = this.#waiting.indexOf(END_OF_HEAD);
    if (end < 0) return;
    this.#kind = UPGRADE.test(this.#waiting.toString("latin1", 0, end + 2)) ? "frames" : "other";
    if (this.#kind === "frames") this.#pass(end + END_OF_HEAD.length);
  }

  #readFrames(): void {
    for (let frame = frameOf(this.#waiting); frame; frame = frameOf(this.#waiting)) {
      if (this.#keeps(frame.payload.toString())) this.#pass(frame.size);
      else this.#waiting = this.#waiting.subarray(frame.size);
    }
  }

  #pass(size: number): void {
    this.push(this.#waiting.subarray(0, size));
    this.#waiting = this.#waiting.subarray(size);
  }
}

/** The frame at the beginning, once it is there as a whole. */
function frameOf(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + lengthBytes + (second & 0x80 ? 4 : 0);
  if (bytes.length < start) return undefined;
  const length =
    lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return undefined;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  if (second & 0x80) {
    const mask = bytes.subarray(start - 4, start);
    for (let index = 0; index < length; index += 1) payload[index]! ^= mask[index % 4]!;
  }
  return { size: start + length, payload };
}
