import cluster, { type Worker } from "node:cluster";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { setupMaster } from "@socket.io/sticky";
import type { Logger } from "pino";
import type { Settings } from "../config/environment.ts";
import { urlOf } from "./serve.ts";

/** Pause before a worker that ended by itself is replaced, in milliseconds: a fault at start must not spin. */
const RESTART_DELAY_MS = 1_000;

/** What a worker says once it can answer. */
export const WORKER_READY = "im:worker-ready";

/** A worker with the number of its clients, by which `@socket.io/sticky` chooses the one for the next connection. */
type CountedWorker = Worker & { clientsCount?: number };

/**
 * Runs `WORKERS` processes behind one port. The supervisor owns the port and passes each connection on; those of one
 * polling client go to one worker, as Socket.IO's HTTP transport needs. A worker that dies is replaced.
 */
export async function superviseWorkers(settings: Settings, log: Logger): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  const http = createServer();
  // The first bytes of each connection travel as a Buffer, which JSON would turn into something else.
  cluster.setupPrimary({ serialization: "advanced" });
  setupMaster(http, { loadBalancingMethod: "least-connection" });
  http.on("connection", stopReadingWhenHandedOver);

  const fork = (): Promise<void> => {
    const worker: CountedWorker = cluster.fork();
    // What it is sent before it listens is lost, and its caller waits for ever: nobody is sent there until it is ready.
    worker.clientsCount = Number.MAX_SAFE_INTEGER;
    worker.once("exit", (code, signal) => {
      if (stopping) return;
      log.error({ worker: worker.id, code, signal }, "a worker ended; starting another");
      setTimeout(() => {
        if (!stopping) void fork().catch((error: unknown) => log.error({ error }, "worker failed to start"));
      }, RESTART_DELAY_MS);
    });
    return ready(worker).then(() => {
      worker.clientsCount = 0;
    });
  };
  await Promise.all(Array.from({ length: settings.workers }, fork));
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen({ port: settings.port, ...(settings.host !== undefined && { host: settings.host }) }, resolve);
  });
  log.info({ url: urlOf(http, settings), workers: settings.workers }, "listening");

  return {
    async stop() {
      stopping = true;
      http.close();
      await Promise.all(
        Object.values(cluster.workers ?? {}).flatMap((worker) => {
          if (!worker) return [];
          const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
          worker.process.kill("SIGTERM");
          return [gone];
        }),
      );
    },
  };
}

/**
 * Stops reading from a connection that `setupMaster` is about to hand over. Node goes on reading in this process until
 * the worker has confirmed, and drops what comes meanwhile: often the first frame of a WebSocket, whose client would
 * then wait for ever. A request with a body stays with this process, as in `setupMaster`, and is read on.
 */
function stopReadingWhenHandedOver(socket: Socket): void {
  socket.prependOnceListener("data", (chunk: Buffer) => {
    const header = chunk.toString("latin1").split("\r\n\r\n", 1)[0]?.toLowerCase() ?? "";
    if (header.includes("content-length:") || header.includes("transfer-encoding:")) return;
    // No public call stops the reading itself: `pause` only holds back what has been read.
    const { _handle: handle } = socket as Socket & { _handle?: { readStop(): void } | null };
    handle?.readStop();
  });
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", (message: unknown) => {
      if (message === WORKER_READY) resolve();
    });
    worker.once("exit", (code) => reject(new Error(`a worker ended with code ${code} before it was ready`)));
  });
}
