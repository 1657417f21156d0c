import { createServer } from "node:http";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PROTOCOL_VERSION } from "@im-webapp/protocol";
import type { PullRequest, ReadyEvent } from "@im-webapp/protocol";
import { Server } from "socket.io";
import { EPOCH, ME, Timeline } from "./scene.ts";
import type { Extent } from "./scene.ts";

/** Entries of one push. */
const PUSHED_AT_ONCE = 50;

/** Turns of the event loop: what was written goes out before more is. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * What the library meets in place of a server: a real HTTP and Socket.IO server on the loopback interface, whose answers
 * are at hand, so that what is measured is the library. It serves the measuring page as well.
 */
export class Stand {
  readonly timeline: Timeline;
  readonly #http: HttpServer;
  readonly #io: Server;

  private constructor(extent: Extent, files: ReadonlyMap<string, Uint8Array>) {
    this.timeline = new Timeline(extent);
    this.#http = createServer((request, response) => {
      const file = files.get(request.url ?? "");
      if (request.url === "/") {
        response.setHeader("content-type", "text/html");
        response.end('<!doctype html><title>bench</title><script type="module" src="/page.js"></script>');
      } else if (file) {
        response.setHeader("content-type", "text/javascript");
        response.end(file);
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    this.#io = new Server(this.#http, { serveClient: false });
    this.#io.on("connection", (socket) => {
      socket.on("sync:pull", (request: PullRequest, answer: (ack: unknown) => void) => answer(this.#pull(request)));
      socket.on("sync:ack", (_request: unknown, answer: (ack: unknown) => void) => answer({ ok: true, data: {} }));
      socket.emit("session:ready", this.#ready());
    });
  }

  /** `files`: what the page loads, by path. */
  static async start(extent: Extent, files: ReadonlyMap<string, Uint8Array> = new Map()): Promise<Stand> {
    const stand = new Stand(extent, files);
    await new Promise<void>((resolve) => stand.#http.listen(0, "127.0.0.1", resolve));
    return stand;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Writes messages and pushes them. */
  async push(count: number): Promise<void> {
    const from = this.timeline.head;
    this.timeline.grow(count);
    for (let sent = from; sent < from + count; sent += PUSHED_AT_ONCE) {
      this.#io.emit("sync:push", { entries: this.timeline.entries.slice(sent, sent + PUSHED_AT_ONCE) });
      await turn();
    }
  }

  async stop(): Promise<void> {
    await this.#io.close();
  }

  #ready(): ReadyEvent {
    return {
      userId: ME.userId,
      deviceId: "bench",
      serverTime: Date.now(),
      epoch: EPOCH,
      head: this.timeline.head,
      protocol: PROTOCOL_VERSION,
      limits: { maxTextLength: 8_000, maxBatch: 500, maxPacketBytes: 1_048_576, receiptMembers: 50 },
    };
  }

  #pull({ cursor, limit = 50 }: PullRequest): unknown {
    const { entries, head } = this.timeline;
    const page = entries.slice(cursor, cursor + limit);
    const reached = cursor + page.length;
    return { ok: true, data: { entries: page, cursor: reached, head, more: reached < head } };
  }
}
