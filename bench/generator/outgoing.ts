import type { Socket } from "node:net";

/** Those with something to write in this turn of the event loop. */
const waiting = new Set<Outgoing>();

/**
 * A socket's way out: what is written in one turn of the event loop leaves in one system call, or the generator would
 * spend most of its time in them.
 */
export class Outgoing {
  readonly #socket: Socket;
  #parts: Buffer[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  write(bytes: Buffer): void {
    if (waiting.size === 0) setImmediate(flushAll);
    waiting.add(this);
    this.#parts.push(bytes);
  }

  flush(): void {
    const [first] = this.#parts;
    if (!first || this.#socket.destroyed) return;
    this.#socket.write(this.#parts.length === 1 ? first : Buffer.concat(this.#parts));
    this.#parts = [];
  }
}

function flushAll(): void {
  for (const outgoing of waiting) outgoing.flush();
  waiting.clear();
}
