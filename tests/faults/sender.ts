import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Entry } from "@im-webapp/protocol";
import type { Connection } from "../support/connection.ts";
import type { Person } from "../support/people.ts";
import { type Random, integer } from "../support/random.ts";
import type { Attempt } from "./history.ts";

/** Messages that one sender has on the way at a time, so that a kill always finds some half done. */
const IN_FLIGHT = 8;

interface Outgoing {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly text: string;
}

/**
 * Sends as fast as it is answered, in several conversations, and keeps record of every attempt. What has no answer when
 * the connection ends is sent again first, under the same clientMessageId, at the next one.
 */
export class Sender {
  readonly person: Person;
  readonly #conversationIds: readonly string[];
  readonly #random: Random;
  readonly #attempts: Attempt[];
  readonly #pushed: (readonly Entry[])[] = [];
  #unanswered: Outgoing[] = [];
  #sent = 0;

  /** `attempts` is the record of the whole run, shared by all senders: in the order of being put on the wire. */
  constructor(person: Person, conversationIds: readonly string[], random: Random, attempts: Attempt[]) {
    this.person = person;
    this.#conversationIds = conversationIds;
    this.#random = random;
    this.#attempts = attempts;
  }

  /** What each connection so far was pushed. */
  get pushed(): readonly (readonly Entry[])[] {
    return this.#pushed;
  }

  /** Whether an earlier message still waits for an answer. */
  get hasUnanswered(): boolean {
    return this.#unanswered.length > 0;
  }

  /**
   * Sends over one connection until `goOn` says no and all is answered, or the connection ends.
   *
   * @throws Error when the server refuses a message: under this load there is no reason to.
   */
  async run(connection: Connection, goOn: () => boolean): Promise<void> {
    this.#pushed.push(connection.pushed);
    const lanes = Array.from({ length: IN_FLIGHT }, async () => {
      while (connection.socket.connected) {
        const next = this.#unanswered.shift() ?? (goOn() ? this.#compose() : undefined);
        if (next === undefined) return;
        await this.#attempt(connection, next);
      }
    });
    await Promise.all(lanes);
  }

  #compose(): Outgoing {
    this.#sent += 1;
    const conversationId = this.#conversationIds[integer(this.#random, 0, this.#conversationIds.length - 1)];
    if (conversationId === undefined) throw new Error("a sender needs a conversation");
    // Of different lengths, Chinese and emoji among them.
    const text = `${this.#sent} 你好 🀄 ${"x".repeat(integer(this.#random, 0, 200))}`;
    return { clientMessageId: randomUUID(), conversationId, text };
  }

  async #attempt(connection: Connection, outgoing: Outgoing): Promise<void> {
    const { clientMessageId, conversationId, text } = outgoing;
    const attempt: Attempt = {
      sender: this.person.userId,
      clientMessageId,
      conversationId,
      text,
      socket: `${connection.socket.id}`,
      outcome: "unknown",
    };
    this.#attempts.push(attempt);
    let ack;
    try {
      ack = await connection.call("message:send", {
        clientMessageId,
        to: { conversationId },
        content: { kind: "text", text },
      });
    } catch {
      // No acknowledgement came: the connection ended, and only a retry tells the outcome.
      this.#unanswered.push(outgoing);
      return;
    }
    if (ack.ok) {
      attempt.outcome = "acknowledged";
      attempt.acknowledgement = ack.data;
      return;
    }
    attempt.outcome = "refused";
    const { code, retryAfterMs } = ack.error;
    if (retryAfterMs === undefined) throw new Error(`message:send was refused with ${code}: ${ack.error.message}`);
    await sleep(retryAfterMs);
    this.#unanswered.push(outgoing);
  }
}
