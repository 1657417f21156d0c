import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";

/** What a connection may carry beside a file, in bytes: what talks and does not upload stays below it. */
const TALK_BYTES = 64 * 1024;

/** A TCP line to a server that counts what goes up it, and holds uploads at a point while it carries everything else. */
export class GateLine {
  readonly url: string;
  /** Bytes that have gone to the server by connections that upload. */
  sent = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #held = new Set<Socket>();
  #target: URL;
  #gate = Infinity;
  #cut = false;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("connection", (near) => this.#connect(near));
  }

  static async open(url: string): Promise<GateLine> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new GateLine(server, new URL(url));
  }

  /** Lets `bytes` more of uploads pass, and no more until `release`. */
  holdAfter(bytes: number): void {
    this.#gate = this.sent + bytes;
  }

  get isHolding(): boolean {
    return this.#held.size > 0;
  }

  release(): void {
    this.#gate = Infinity;
    for (const socket of this.#held) socket.resume();
    this.#held.clear();
  }

  /** Breaks every connection and takes no new one until `mend`. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Carries again, to the server at `url` where it has moved. */
  mend(url?: string): void {
    if (url !== undefined) this.#target = new URL(url);
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #connect(near: Socket): void {
    if (this.#cut) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.#target.port), this.#target.hostname);
    far.pipe(near);
    let carried = 0;
    near.on("data", (bytes) => {
      carried += bytes.length;
      far.write(bytes);
      if (carried <= TALK_BYTES) return;
      // With the first that goes beyond it, what went before counts too.
      this.sent += carried - bytes.length <= TALK_BYTES ? carried : bytes.length;
      if (this.sent >= this.#gate) {
        near.pause();
        this.#held.add(near);
      }
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      // A broken end says so by its "close", which takes the other one along.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        this.#held.delete(socket);
        other.destroy();
      });
    }
  }
}
