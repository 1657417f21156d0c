import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallName, CallRequest, CallResponse, ErrorCode } from "@im-webapp/protocol";
import { CallError } from "../support/connection.ts";
import { Device } from "../support/device.ts";
import type { Person } from "../support/people.ts";
import { type Random, integer } from "../support/random.ts";
import { restOk } from "../support/rest.ts";
import type { Attempt, ChangeAttempt } from "./history.ts";
import type { Record } from "./record.ts";

/** Things that one person does at the same time, so that a fault always finds some half done. */
const LANES = 3;

/** Longest pause of a lane between two things, in milliseconds: bounds what a run has to read in the end. */
const PAUSE_MS = 60;

/** Of so many newest messages somebody changes one, so that several meet on the same. */
const RECENT = 20;

/** Pause before something is sent again, in milliseconds. */
const AGAIN_MS = 100;

/** How long a device waits for an answer before it takes its connection for lost, in milliseconds. */
const ANSWER_WITHIN_MS = 3_000;

/** After how long without a push a device pulls, in milliseconds. The protocol's minute would not fit into a run. */
const PULL_AFTER_MS = 5_000;

/** Where people talk. */
export interface Places {
  readonly conversationIds: readonly string[];
  /** A group whose members come and go, so that it is large at times. Only its owner lets people in and out. */
  readonly changing: { readonly groupId: string; readonly ownerId: string; readonly others: readonly string[] };
}

interface Outgoing {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly text: string;
}

/** One person with two devices, doing whatever people do, through every fault. */
export class Actor {
  readonly person: Person;
  readonly devices: readonly Device[];
  readonly #urls: readonly string[];
  readonly #places: Places;
  readonly #random: Random;
  readonly #record: Record;
  #waiting: Outgoing[] = [];
  #sent = 0;

  /** @param tokens of the two devices; each prefers another node */
  constructor(
    person: Person,
    tokens: readonly string[],
    urls: readonly string[],
    places: Places,
    random: Random,
    record: Record,
  ) {
    this.person = person;
    this.#urls = urls;
    this.#places = places;
    this.#random = random;
    this.#record = record;
    this.devices = tokens.map((token, index) => {
      const own = index % 2 === 0 ? urls : urls.toReversed();
      return new Device({
        urls: () => own,
        token,
        pullAfterMs: PULL_AFTER_MS,
        answerWithinMs: ANSWER_WITHIN_MS,
      }).start();
    });
  }

  /** Acts until `goOn` says no, and then until every message of its own is answered. */
  async run(goOn: () => boolean): Promise<void> {
    await Promise.all(Array.from({ length: LANES }, () => this.#lane(goOn)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.stop()));
  }

  async #lane(goOn: () => boolean): Promise<void> {
    for (;;) {
      const device = this.#pick(this.devices.filter(({ isConnected }) => isConnected));
      const again = device && this.#waiting.shift();
      if (device && again) await this.#send(device, again);
      else if (!goOn()) {
        if (this.#waiting.length === 0) return;
      } else if (device) await this.#actOn(device);
      await sleep(this.#random() * PAUSE_MS);
    }
  }

  async #actOn(device: Device): Promise<void> {
    const what = this.#random();
    if (what < 0.6) await this.#send(device, this.#compose());
    else if (what < 0.8) await this.#change(device);
    else if (what < 0.95) await this.#read(device);
    else await this.#move();
  }

  #compose(): Outgoing {
    this.#sent += 1;
    const conversationId = this.#pick(this.#places.conversationIds);
    if (conversationId === undefined) throw new Error("nowhere to talk");
    const text = `${this.#sent} 你好 🀄 ${"x".repeat(integer(this.#random, 0, 200))}`;
    return { clientMessageId: randomUUID(), conversationId, text };
  }

  async #send(device: Device, outgoing: Outgoing): Promise<void> {
    const { clientMessageId, conversationId, text } = outgoing;
    const attempt: Attempt = {
      sender: this.person.userId,
      clientMessageId,
      conversationId,
      text,
      socket: `${device.connection?.socket.id}`,
      outcome: "unknown",
    };
    this.#record.attempts.push(attempt);
    const answer = await call(device, "message:send", {
      clientMessageId,
      to: { conversationId },
      content: { kind: "text", text },
    });
    attempt.outcome = answer.outcome;
    if (answer.data) attempt.acknowledgement = answer.data;
    if (answer.code) attempt.code = answer.code;
    if (answer.outcome === "acknowledged" || (answer.outcome === "refused" && !answer.mayRetry)) return;
    await sleep(AGAIN_MS);
    this.#waiting.push(outgoing);
  }

  async #change(device: Device): Promise<void> {
    const conversationId = this.#pick(this.#places.conversationIds);
    const held = conversationId === undefined ? undefined : device.book.of(conversationId);
    const messages = [...(held?.messages.values() ?? [])].slice(-RECENT);
    const message = this.#pick(messages);
    if (message === undefined) return;
    const place = { conversationId: message.conversationId, seq: message.seq };
    const isOwn = message.senderId === this.person.userId;
    const dice = this.#random();
    const by = this.person.userId;
    if (isOwn && dice < 0.2) {
      await this.#ask({ by, ...place, what: "recall", outcome: "unknown" }, device, "message:recall", place);
    } else if (isOwn && dice < 0.7) {
      const text = `edited ${randomUUID()}`;
      const change: ChangeAttempt = { by, ...place, what: { edit: text }, outcome: "unknown" };
      await this.#ask(change, device, "message:edit", { ...place, content: { kind: "text", text } });
    } else {
      const emoji = this.#pick(["👍", "❤️", "😂"]) ?? "👍";
      const change: ChangeAttempt = { by, ...place, what: "react", outcome: "unknown" };
      await this.#ask(change, device, "message:react", { ...place, emoji, on: this.#random() < 0.7 });
    }
  }

  async #ask<C extends "message:edit" | "message:recall" | "message:react">(
    change: ChangeAttempt,
    device: Device,
    event: C,
    payload: CallRequest<C>,
  ): Promise<void> {
    this.#record.changes.push(change);
    const { outcome, data, code } = await call(device, event, payload);
    change.outcome = outcome;
    if (data) change.version = data.version;
    if (code) change.code = code;
  }

  async #read(device: Device): Promise<void> {
    const conversationId = this.#pick(this.#places.conversationIds);
    const lastSeq = conversationId === undefined ? 0 : device.book.of(conversationId).lastSeq;
    if (conversationId === undefined || lastSeq === 0) return;
    const seq = integer(this.#random, Math.max(0, lastSeq - 10), lastSeq);
    const { data } = await call(device, "read:mark", { conversationId, seq });
    if (data) this.#record.reads.push({ userId: this.person.userId, conversationId, readSeq: data.readSeq });
  }

  /** Lets somebody into the changing group or out of it. */
  async #move(): Promise<void> {
    const { groupId, ownerId, others } = this.#places.changing;
    const userId = this.#pick(others);
    if (ownerId !== this.person.userId || userId === undefined) return;
    const path = `/api/v1/groups/${groupId}/members`;
    const { token } = this.person;
    const url = this.#pick(this.#urls) ?? this.person.url;
    const comes = this.#random() < 0.6;
    try {
      await (comes
        ? restOk(url, "POST", path, { token, timeoutMs: ANSWER_WITHIN_MS, body: { userIds: [userId] } })
        : restOk(url, "DELETE", `${path}/${userId}`, { token, timeoutMs: ANSWER_WITHIN_MS }));
      this.#record.movements += 1;
    } catch {
      // Refused, or not answered: what became of it, the conversation itself says.
    }
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[integer(this.#random, 0, list.length - 1)];
  }
}

interface Answer<C extends CallName> {
  readonly outcome: Attempt["outcome"];
  readonly data?: CallResponse<C>;
  readonly code?: ErrorCode;
  readonly mayRetry?: boolean;
}

/** One call, whatever becomes of it. One that is not answered ends its connection: calls behind it may be lost, too. */
async function call<C extends CallName>(device: Device, event: C, payload: CallRequest<C>): Promise<Answer<C>> {
  const { connection } = device;
  try {
    return { outcome: "acknowledged", data: await device.ok(event, payload) };
  } catch (error) {
    if (error instanceof CallError) {
      const { code, retryAfterMs } = error.error;
      return { outcome: "refused", code, mayRetry: retryAfterMs !== undefined };
    }
    connection?.close();
    return { outcome: "unknown" };
  }
}
