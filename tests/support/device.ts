import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type CallName,
  type CallRequest,
  type CallResponse,
  type ConversationId,
  type Entry,
  type GroupPushEvent,
  type Message,
  PUSH_GAP_MS,
  type SendResponse,
  type Target,
} from "@im-webapp/protocol";
import { CallError, Connection } from "./connection.ts";
import { MessageBook } from "./message-book.ts";

/** Pause between two attempts to connect, in milliseconds. */
const RECONNECT_MS = 50;

/** How long a handshake or an answer may take before the connection counts as lost, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

export interface DeviceOptions {
  /** The nodes' addresses, tried one after the other. */
  readonly urls: () => readonly string[];
  readonly token: string;
  /** Whether it also pulls and asks without a reason now and then, as the protocol says: after this many milliseconds. */
  readonly pullAfterMs?: number;
  readonly answerWithinMs?: number;
}

/**
 * A device that follows the protocol's rule for clients over a raw socket, written anew here so that the server is held
 * to the contract and not to what the client library does: it applies what continues its cursor, waits 100 ms for holes,
 * pulls after each connect, reads large groups from their conversations, connects again by itself, and sends again under
 * the same id what has no answer.
 */
export class Device {
  readonly book = new MessageBook();
  /** Applied, in their order: complete from the first cursor on. */
  readonly entries: Entry[] = [];
  /** What each connection was pushed, as it came. */
  readonly pushed: { readonly entries: Entry[]; readonly groups: GroupPushEvent[] }[] = [];
  /** How often a hole among the pushes did not close by itself. */
  holes = 0;
  /** Of the newest entry stored. */
  cursor = 0;
  connection: Connection | undefined;
  readonly #options: DeviceOptions;
  /** Conversations that are large now. */
  readonly #large = new Set<ConversationId>();
  #attempts = 0;
  #running: Promise<void> | undefined;
  #stopped = false;
  #turn: Promise<void> = Promise.resolve();
  #early: Entry[] = [];
  #gap: NodeJS.Timeout | undefined;
  #heardAt = 0;

  constructor(options: DeviceOptions) {
    this.#options = options;
  }

  /** Begins with an empty timeline position of 0 and stays connected until `stop`. */
  start(): this {
    this.#running = this.#run();
    return this;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.connection?.close();
    await this.#running;
    clearTimeout(this.#gap);
    await this.#turn;
  }

  get isConnected(): boolean {
    return this.connection?.socket.connected === true;
  }

  /** A call over the present connection. @throws when there is none, it ends, or the server refuses */
  async ok<C extends CallName>(event: C, payload: CallRequest<C>): Promise<CallResponse<C>> {
    if (!this.connection) throw new Error("not connected");
    return this.connection.ok(event, payload);
  }

  /** Sends a text until it is acknowledged, under one id. Gives the acknowledgement and how long it took. */
  async send(to: Target, text: string): Promise<SendResponse & { tookMs: number }> {
    const message = { clientMessageId: randomUUID(), to, content: { kind: "text" as const, text } };
    const begun = performance.now();
    for (;;) {
      try {
        return { ...(await this.ok("message:send", message)), tookMs: performance.now() - begun };
      } catch (error) {
        const refusal = error instanceof CallError ? error.error : undefined;
        if (refusal && refusal.retryAfterMs === undefined) throw error;
        if (this.#stopped) throw error;
        await sleep(refusal ? Math.min(refusal.retryAfterMs ?? 0, 200) : RECONNECT_MS);
      }
    }
  }

  /** Pulls until nothing is missing. */
  async complete(): Promise<void> {
    await this.#inTurn(() => this.#pull());
  }

  texts(conversationId: ConversationId): string[] {
    return this.book.texts(conversationId);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const urls = this.#options.urls();
      const url = urls[this.#attempts % urls.length];
      this.#attempts += 1;
      if (url === undefined) throw new Error("a device needs a node");
      try {
        await this.#live(url);
      } catch {
        // Whatever it was, the next connection starts from what is stored.
      }
      this.connection = undefined;
      if (!this.#stopped) await sleep(RECONNECT_MS);
    }
  }

  async #live(url: string): Promise<void> {
    const within = this.#options.answerWithinMs ?? ANSWER_WITHIN_MS;
    const connection = await Connection.open(url, this.#options.token, within);
    if (this.#stopped) {
      connection.close();
      return;
    }
    const ended = new Promise<void>((resolve) => connection.socket.once("disconnect", () => resolve()));
    try {
      this.#early = [];
      this.pushed.push({ entries: connection.pushed, groups: connection.groupPushes });
      this.connection = connection;
      connection.socket.on("sync:push", ({ entries }: { entries: Entry[] }) => this.#take(entries));
      connection.socket.on("group:push", (push: GroupPushEvent) => this.#takeGroup(push));
      await this.#inTurn(() => this.#pull());
      const look = this.#lookNowAndThen(connection);
      await ended;
      await look;
    } finally {
      connection.close();
    }
  }

  async #lookNowAndThen(connection: Connection): Promise<void> {
    const { pullAfterMs = Infinity } = this.#options;
    while (connection.socket.connected && !this.#stopped) {
      await sleep(RECONNECT_MS);
      if (performance.now() - this.#heardAt < pullAfterMs) continue;
      try {
        await this.#inTurn(() => this.#pull());
      } catch {
        connection.close();
      }
    }
  }

  #take(entries: readonly Entry[]): void {
    this.#heardAt = performance.now();
    this.#early.push(...entries);
    this.#later(async () => this.#applyEarly());
  }

  /** Applies what continues the cursor of what came early; a hole gets its time to close. */
  async #applyEarly(): Promise<void> {
    const early = this.#early.toSorted((a, b) => a.seq - b.seq);
    this.#early = [];
    for (const entry of early) {
      if (entry.seq <= this.cursor) continue;
      if (entry.seq === this.cursor + 1) await this.#apply(entry);
      else this.#early.push(entry);
    }
    clearTimeout(this.#gap);
    if (this.#early.length === 0) return;
    this.#gap = setTimeout(() => {
      this.holes += 1;
      this.#later(() => this.#pull());
    }, PUSH_GAP_MS);
  }

  #takeGroup(push: GroupPushEvent): void {
    this.#heardAt = performance.now();
    this.#later(async () => {
      const lacks = this.book.push(push);
      if (lacks.messages) await this.#readMessages(push.conversationId);
      if (lacks.changes) await this.#readChanges(push.conversationId);
    });
  }

  async #pull(): Promise<void> {
    for (let more = true; more;) {
      const page = await this.ok("sync:pull", { cursor: this.cursor, limit: 500 });
      for (const entry of page.entries) if (entry.seq === this.cursor + 1) await this.#apply(entry);
      for (const { conversationId, lastSeq, changeSeq } of page.groups ?? []) {
        const held = this.book.of(conversationId);
        if (held.lastSeq < lastSeq) await this.#readMessages(conversationId);
        if (held.changeSeq < changeSeq) await this.#readChanges(conversationId);
      }
      ({ more } = page);
    }
    this.#heardAt = performance.now();
    await this.#applyEarly();
  }

  async #apply(entry: Entry): Promise<void> {
    if (entry.type === "message") {
      const isNext = entry.message.seq > this.book.of(entry.message.conversationId).lastSeq;
      // In a large group a mention is an entry ahead of the messages before it.
      if (isNext && !this.#isLarge(entry.message)) this.book.append(entry.message);
      else this.book.put(entry.message);
    }
    if (entry.type === "message:update") this.book.put(entry.message);
    if (entry.type === "conversation") {
      const { conversationId, lastSeq, changeSeq, large, left } = entry.conversation;
      if (large === true && left !== true) this.#large.add(conversationId);
      else this.#large.delete(conversationId);
      const held = this.book.of(conversationId);
      // Whatever it is now, it may have been large when those messages came.
      if (held.lastSeq < lastSeq) await this.#readMessages(conversationId);
      // Also for one who came back: what was changed meanwhile was told to nobody who was not in it.
      if (left !== true && held.changeSeq < changeSeq) await this.#readChanges(conversationId);
    }
    this.entries.push(entry);
    this.cursor = entry.seq;
  }

  #isLarge({ conversationId }: Message): boolean {
    return this.#large.has(conversationId);
  }

  async #readMessages(conversationId: ConversationId): Promise<void> {
    for (let more = true; more;) {
      const { lastSeq } = this.book.of(conversationId);
      const page = await this.ok("history:pull", { conversationId, after: lastSeq, limit: 500 });
      for (const message of page.messages) this.book.append(message);
      more = page.more.after;
    }
  }

  async #readChanges(conversationId: ConversationId): Promise<void> {
    for (let more = true; more;) {
      const held = this.book.of(conversationId);
      const page = await this.ok("history:changes", { conversationId, after: held.changeSeq, limit: 500 });
      for (const message of page.messages) this.book.put(message);
      held.changeSeq = page.changeSeq;
      ({ more } = page);
    }
  }

  /** One thing at a time, so that what is applied continues what is stored. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** The same for what nobody waits for; a connection over which it fails is given up. */
  #later(work: () => Promise<void>): void {
    const { connection } = this;
    this.#inTurn(work).catch(() => connection?.close());
  }
}
