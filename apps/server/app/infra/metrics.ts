import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

/** Values that are read when somebody asks for the metrics. */
export interface Readings {
  connections(): number;
  queued(): number;
  waiting(): number;
}

/** This process's metrics in Prometheus text. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram;
  readonly #cutOff: Counter;

  constructor(readings: Readings) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge("im_connections", "Sockets that are connected to this process", () => readings.connections());
    this.#gauge("im_pipeline_queued", "Commands that wait for their batch", () => readings.queued());
    this.#gauge("im_push_waiting", "Characters that wait for clients to read them", () => readings.waiting());
    this.#cutOff = new Counter({
      name: "im_cut_off_total",
      help: "Sockets that were closed because their clients did not read",
      registers: [this.#registry],
    });
    this.#requests = new Histogram({
      name: "im_http_request_seconds",
      help: "Time to answer an HTTP request",
      labelNames: ["method", "status"],
      registers: [this.#registry],
    });
  }

  observeCutOff(): void {
    this.#cutOff.inc();
  }

  observeRequest(method: string, status: number, seconds: number): void {
    this.#requests.observe({ method, status }, seconds);
  }

  async read(): Promise<{ text: string; contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    this.#registry.registerMetric(gauge);
  }
}
