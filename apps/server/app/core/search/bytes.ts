/** Writes numbers and texts one after the other; small numbers take one byte. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  /** An integer from 0 to 2^53−1. */
  number(value: number): void {
    this.#grow(8);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.number(size);
    this.#grow(size);
    this.#length += this.#bytes.write(value, this.#length);
  }

  raw(bytes: Buffer): void {
    this.#grow(bytes.length);
    this.#length += bytes.copy(this.#bytes, this.#length);
  }

  bytes(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const next = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(next, 0, 0, this.#length);
    this.#bytes = next;
  }
}

/** Reads what `ByteWriter` wrote. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let byte = this.#bytes[this.#at++] ?? 0;
    let value = byte & 0x7f;
    for (let scale = 0x80; byte > 0x7f; scale *= 0x80) {
      byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * scale;
    }
    return value;
  }

  /** Passes over so many numbers. */
  skip(count: number): void {
    for (let passed = 0; passed < count && !this.isAtEnd;) {
      if ((this.#bytes[this.#at++] ?? 0) <= 0x7f) passed += 1;
    }
  }

  skipBytes(count: number): void {
    this.#at += count;
  }

  text(): string {
    const size = this.number();
    const from = this.#at;
    this.#at += size;
    return this.#bytes.toString("utf8", from, this.#at);
  }
}
