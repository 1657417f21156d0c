import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { LateLane } from "./late-lane.ts";

/** Where a proxy leads to at the time of a connection; a node that was restarted has another port. */
export type Target = () => { readonly host: string; readonly port: number } | undefined;

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** Carries nothing any more, and tells neither end. */
  dead: boolean;
}

/** One TCP way between two programs, which can be cut, slowed down, and lose the other end without a word. */
export class Proxy {
  readonly port: number;
  readonly #server: Server;
  readonly #target: Target;
  readonly #pairs = new Set<Pair>();
  #isCut = false;
  #isFrozen = false;
  #delayMs = 0;

  private constructor(server: Server, target: Target) {
    this.#server = server;
    this.#target = target;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (near) => this.#join(near));
  }

  static async open(target: Target): Promise<Proxy> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Proxy(server, target);
  }

  /** Breaks every connection and takes no new one until `mend`. */
  cut(): void {
    this.#isCut = true;
    for (const pair of this.#pairs) this.#end(pair);
  }

  /**
   * From now on nothing is carried, and neither end hears that the other has gone, as when a machine loses its network.
   * After `mend` new connections work; those that were frozen stay dead.
   */
  freeze(): void {
    this.#isFrozen = true;
    for (const pair of this.#pairs) pair.dead = true;
  }

  /** Carries everything so many milliseconds later, in its order, until `mend`. */
  slow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  mend(): void {
    this.#isCut = false;
    this.#isFrozen = false;
    this.#delayMs = 0;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(near: Socket): void {
    const target = this.#target();
    if (this.#isCut || target === undefined) {
      near.destroy();
      return;
    }
    const far = connect(target.port, target.host);
    const pair: Pair = { near, far, dead: this.#isFrozen };
    this.#pairs.add(pair);
    this.#carry(pair, near, far);
    this.#carry(pair, far, near);
  }

  #carry(pair: Pair, from: Socket, to: Socket): void {
    const lane = new LateLane();
    from.setNoDelay(true);
    from.on("data", (bytes) => {
      if (pair.dead) return;
      lane.push(() => {
        if (!pair.dead && to.writable) to.write(bytes);
      }, this.#delayMs);
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      if (!pair.dead) lane.push(() => this.#end(pair), this.#delayMs);
    });
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.near.destroy();
    pair.far.destroy();
  }
}
