import { Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

/** Values that are read when somebody asks for the metrics. */
export interface Readings {
  connections(): number;
  queued(): number;
}

/** This process's metrics in Prometheus text. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram;

  constructor(readings: Readings) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge("im_connections", "Sockets that are connected to this process", () => readings.connections());
    this.#gauge("im_pipeline_queued", "Commands that wait for their batch", () => readings.queued());
    this.#requests = new Histogram({
      name: "im_http_request_seconds",
      help: "Time to answer an HTTP request",
      labelNames: ["method", "status"],
      registers: [this.#registry],
    });
  }

  observeRequest(method: string, status: number, seconds: number): void {
    this.#requests.observe({ method, status }, seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }
}
