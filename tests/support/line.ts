import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { PacketFilter } from "./packet-filter.ts";

/** Hears each packet of each WebSocket on a line; what it answers with false is lost. */
export type Tap = (packet: { readonly text: string; readonly to: "client" | "server" }) => boolean;

/** A TCP line to a server that can be cut and mended: the network of one device. */
export class Line {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  private constructor(server: Server, target: URL, tap?: Tap) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("connection", (near) => {
      if (this.#cut) {
        near.destroy();
        return;
      }
      const far = connect(Number(target.port), target.hostname);
      for (const [socket, other, to] of [
        [near, far, "server"],
        [far, near, "client"],
      ] as const) {
        this.#sockets.add(socket);
        if (tap) socket.pipe(new PacketFilter((text) => tap({ text, to }))).pipe(other);
        else socket.pipe(other);
        // A broken end says so by its "close", which takes the other one along.
        socket.on("error", () => undefined);
        socket.on("close", () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
    });
  }

  /** Opens a line to the server at `url`, listened in on by `tap`. */
  static async open(url: string, tap?: Tap): Promise<Line> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Line(server, new URL(url), tap);
  }

  /** Breaks every connection and takes no new one until `mend`. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Carries nothing more either way, and says so to neither end: a device that left its network. For good. */
  freeze(): void {
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}
