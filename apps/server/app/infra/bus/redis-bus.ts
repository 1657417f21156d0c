import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Bus, BusMessage } from "../../core/delivery/ports.ts";
import { connectRedis } from "../redis.ts";

/** The version in the name lets nodes of two releases share one Redis without misreading each other. */
const CHANNEL = "im:bus:1";

interface Envelope {
  readonly from: string;
  readonly message: BusMessage;
}

/**
 * The bus over Redis publish/subscribe: at most once, in order for each publisher. While Redis is away, what is
 * published is lost and the clients pull; both connections come back by themselves.
 */
export class RedisBus implements Bus {
  readonly #nodeId: string;
  readonly #log: Logger;
  readonly #publisher: Redis;
  readonly #subscriber: Redis;

  constructor(url: string, nodeId: string, log: Logger) {
    this.#nodeId = nodeId;
    this.#log = log;
    this.#publisher = connectRedis(url, "bus-publisher", log);
    this.#subscriber = connectRedis(url, "bus-subscriber", log, true);
  }

  publish(message: BusMessage): void {
    if (this.#publisher.status !== "ready") return;
    const envelope: Envelope = { from: this.#nodeId, message };
    this.#publisher.publish(CHANNEL, JSON.stringify(envelope)).catch((error: unknown) => {
      this.#log.warn({ error }, "bus message lost");
    });
  }

  subscribe(listener: (message: BusMessage) => void): void {
    this.#subscriber.on("message", (_channel: string, text: string) => {
      try {
        const { from, message } = parseEnvelope(text);
        if (from !== this.#nodeId) listener(message);
      } catch (error) {
        this.#log.error({ error }, "bus message not understood");
      }
    });
    // ioredis subscribes again by itself after each reconnection.
    this.#subscriber.subscribe(CHANNEL).catch((error: unknown) => {
      this.#log.error({ error }, "cannot subscribe to the bus");
    });
  }

  async close(): Promise<void> {
    this.#subscriber.disconnect();
    await this.#publisher.quit().catch(() => {
      this.#publisher.disconnect();
    });
  }
}

/** @throws {Error} for what no node of this release has sent */
function parseEnvelope(text: string): Envelope {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || !("from" in parsed) || !("message" in parsed)) {
    throw new TypeError("this is no message of the bus");
  }
  return parsed as Envelope;
}
