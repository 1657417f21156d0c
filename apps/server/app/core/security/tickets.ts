import { createHash, randomBytes } from "node:crypto";
import type { EpochMs } from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";
import type { TicketStore } from "./ports.ts";

/** Entropy of a ticket in bytes. */
const TICKET_BYTES = 32;

/** Hands out what is good for one use, at any node. `T` is what one kind of ticket carries. */
export class Tickets<T extends object> {
  readonly #kind: string;
  readonly #lifeMs: number;
  readonly #store: TicketStore;
  readonly #clock: Clock;

  /**
   * @param kind keeps the tickets of several uses apart
   * @param lifeMs how long a ticket is good, in milliseconds
   */
  constructor(kind: string, lifeMs: number, store: TicketStore, clock: Clock) {
    this.#kind = kind;
    this.#lifeMs = lifeMs;
    this.#store = store;
    this.#clock = clock;
  }

  /** @param secret names the ticket; absent: a new secret is made */
  async issue(
    payload: T,
    secret = randomBytes(TICKET_BYTES).toString("base64url"),
  ): Promise<{ secret: string; expiresAt: EpochMs }> {
    const at = this.#clock();
    const expiresAt = at + this.#lifeMs;
    await this.#store.put(this.#hash(secret), payload, expiresAt, at);
    return { secret, expiresAt };
  }

  /** What the ticket carries, once; undefined when it was taken, is too old, or never was. */
  async take(secret: string): Promise<T | undefined> {
    // Only this class puts payloads of this kind.
    return (await this.#store.take(this.#hash(secret), this.#clock())) as T | undefined;
  }

  #hash(secret: string): string {
    return createHash("sha256").update(`${this.#kind}\n${secret}`).digest("hex");
  }
}
