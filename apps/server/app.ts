import type { Server as HttpServer } from "node:http";
import { MAX_PACKET_BYTES } from "@im-webapp/protocol";
import { setupWorker } from "@socket.io/sticky";
import type { Application, ILifecycleBoot } from "egg";
import { Server } from "socket.io";
import { Decoder } from "socket.io-parser";
import { JsonEncoder } from "./app/io/json-encoder.ts";
import { type Composition, compose } from "./app/composition.ts";
import { OpenRequests } from "./app/http/open-requests.ts";
import { setHttpPort } from "./app/http/port.ts";
import { attachGateway } from "./app/io/gateway.ts";
import { readSettings } from "./config/environment.ts";

/** After how long clients of a stopping node are asked to come back, in milliseconds, each at its own moment. */
const RECONNECT_WITHIN_MS = 500;

/** How long requests under way may still take when the server stops, in milliseconds; the whole stop has 8 s. */
const ANSWER_WITHIN_MS = 2_000;

/** The composition root: builds the core, opens the HTTP and socket ports upon it, and drains them when it stops. */
export default class Boot implements ILifecycleBoot {
  readonly #app: Application;
  readonly #io: Server;
  readonly #requests = new OpenRequests();
  #composition: Composition | undefined;
  #draining = false;

  constructor(app: Application) {
    this.#app = app;
    this.#io = new Server({
      maxHttpBufferSize: MAX_PACKET_BYTES,
      serveClient: false,
      parser: { Encoder: JsonEncoder, Decoder },
      // Bearer tokens, no cookies: a page of any origin can do only what its own user's token allows.
      cors: { origin: "*" },
    });
  }

  configDidLoad(): void {
    const { config } = this.#app;
    // Outermost, so that what the body parser throws is answered in the protocol's form as well.
    config.coreMiddleware.unshift("wireErrors", "secureHeaders", "crossOrigin");
    if (this.#app.server) this.#attach(this.#app.server);
    else this.#app.once("server", (server: HttpServer) => this.#attach(server));
  }

  async didLoad(): Promise<void> {
    const composition = await compose(readSettings(process.env));
    this.#composition = composition;
    const { core, limits, log, metrics, settings } = composition;
    setHttpPort(this.#app, {
      core,
      limits,
      serverKey: settings.serverKey,
      uploads: composition.uploads,
      readMetrics: () => metrics.read(),
      observeRequest: (method, status, seconds) => {
        metrics.observeRequest(method, status, seconds);
      },
      isReady: async () => !this.#draining && (await composition.isReady()),
      logFault: (error, what) => {
        log.error({ error, ...what }, "request failed");
      },
    });
    composition.startTasks();
    attachGateway(this.#io, { ...composition, limit: limits.call });
  }

  async beforeClose(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    const composition = this.#composition;
    await composition?.drain();
    await composition?.connections.drain(RECONNECT_WITHIN_MS);
    await this.#requests.drain(ANSWER_WITHIN_MS);
    // Not waited for: it resolves when the last TCP connection has ended, which one from a lost network never does.
    this.#io.close().catch((error: unknown) => composition?.log.error({ error }, "closing the sockets failed"));
    await composition?.close();
  }

  #attach(server: HttpServer): void {
    this.#requests.watch(server);
    this.#io.attach(server);
    if (readSettings(process.env).workers > 1) setupWorker(this.#io);
  }
}
