import { PROTOCOL_VERSION } from "@im-webapp/protocol";
import type {
  DrainEvent,
  EpochMs,
  GroupPushEvent,
  PresenceEvent,
  PushEvent,
  ReadyEvent,
  RevokedEvent,
  TypingEvent,
  WireError,
} from "@im-webapp/protocol";
import { ImError, unavailable } from "../errors.ts";
import { backoffDelay } from "./backoff.ts";
import type { Call, Dial, Link } from "./link.ts";

/**
 * How long a connection must have lasted to count as healthy, in milliseconds. A shorter one continues the back-off,
 * so that a server which accepts and drops at once is not dialled in a tight loop.
 */
const HEALTHY_AFTER_MS = 5_000;

/** What the connection is doing. `waiting`: for the time of the next attempt. */
export type ConnectionPhase = "idle" | "dialing" | "ready" | "waiting";

export interface ConnectionStatusView {
  readonly phase: ConnectionPhase;
  /** Whether an attempt has failed, or a connection was lost, since `start`. */
  readonly failedBefore: boolean;
  readonly retryAt?: EpochMs;
  /** Why the last attempt failed. */
  readonly error?: WireError;
}

export interface ConnectionEvents {
  ready(ready: ReadyEvent): void;
  push(push: PushEvent): void;
  groupPush(push: GroupPushEvent): void;
  typing(event: TypingEvent): void;
  presence(event: PresenceEvent): void;
  /** A connection that had been ready is gone; another attempt follows by itself. */
  lost(): void;
  /** The session is over; nothing follows until `start` with another token. */
  signedOut(error: WireError): void;
  /** `status` changed. */
  changed(): void;
}

/**
 * Keeps a session connected: dials, and after each failure dials again with exponential back-off and full jitter
 * (500 ms to 30 s), for ever, until `stop` or until the server says that the session is over.
 */
export class Connection {
  readonly #dial: Dial;
  readonly #events: ConnectionEvents;
  #token: string | null = null;
  #link: Link | null = null;
  #status: ConnectionStatusView = { phase: "idle", failedBefore: false };
  #attempt = 0;
  #readyAt: EpochMs | null = null;
  #drainMs: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(dial: Dial, events: ConnectionEvents) {
    this.#dial = dial;
    this.#events = events;
  }

  get status(): ConnectionStatusView {
    return this.#status;
  }

  /** Connects with `token`, in place of whatever was before. */
  start(token: string): void {
    this.stop();
    this.#token = token;
    this.#attempt = 0;
    this.#status = { phase: "idle", failedBefore: false };
    this.#open();
  }

  /** Closes the connection and gives up; safe at any time. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#token = null;
    this.#drop();
    if (this.#status.phase !== "idle") this.#set({ ...this.#status, phase: "idle" });
  }

  /** Dials at once when an attempt is being waited for; otherwise does nothing. */
  reconnectNow(): void {
    if (this.#status.phase !== "waiting") return;
    clearTimeout(this.#timer);
    this.#open();
  }

  /** Dials at once when the time of the next attempt has come; a page in the background is woken late. */
  reconnectIfDue(): void {
    if (Date.now() >= (this.#status.retryAt ?? Infinity)) this.reconnectNow();
  }

  /** Gives up the present link, which seems dead, and goes on as after a loss. */
  restart(error: ImError): void {
    if (this.#link) this.#lost(error);
  }

  /** Sends one call; `UNAVAILABLE` at once when there is no connection. */
  readonly call: Call = async (name, request) => {
    const link = this.#link;
    if (!link || this.#status.phase !== "ready") throw unavailable("network", "Not connected");
    try {
      return await link.call(name, request);
    } catch (error) {
      if (error instanceof ImError && error.code === "UNAUTHENTICATED" && this.#link === link) {
        this.#end(error.toWire());
      }
      throw error;
    }
  };

  #open(): void {
    const token = this.#token;
    if (token === null) return;
    this.#set({ ...this.#status, phase: "dialing" }, "retryAt");
    this.#readyAt = null;
    this.#drainMs = null;
    const link = this.#dial(token, {
      ready: (ready) => this.#link === link && this.#ready(ready),
      push: (push) => this.#link === link && this.#events.push(push),
      groupPush: (push) => this.#link === link && this.#events.groupPush(push),
      typing: (event) => this.#link === link && this.#events.typing(event),
      presence: (event) => this.#link === link && this.#events.presence(event),
      revoked: (revoked) => this.#link === link && this.#end(revokedError(revoked)),
      drain: (drain: DrainEvent) => {
        if (this.#link === link) this.#drainMs = drain.reconnectInMs;
      },
      closed: (error) => this.#link === link && this.#lost(error),
    });
    this.#link = link;
  }

  #ready(ready: ReadyEvent): void {
    if (ready.protocol !== PROTOCOL_VERSION) {
      this.#lost(unavailable("protocol", `The server speaks protocol ${ready.protocol}, not ${PROTOCOL_VERSION}`));
      return;
    }
    this.#readyAt = Date.now();
    this.#set({ ...this.#status, phase: "ready" }, "error");
    this.#events.ready(ready);
  }

  #lost(error: ImError): void {
    if (error.code === "UNAUTHENTICATED") {
      this.#end(error.toWire());
      return;
    }
    if (this.#readyAt !== null && Date.now() - this.#readyAt >= HEALTHY_AFTER_MS) this.#attempt = 0;
    // A draining server names the time itself, and its leaving is no sign of trouble.
    const delay = this.#drainMs ?? Math.max(error.retryAfterMs ?? 0, backoffDelay(this.#attempt));
    if (this.#drainMs === null) this.#attempt += 1;
    this.#drop();
    this.#set({ phase: "waiting", failedBefore: true, retryAt: Date.now() + delay, error: error.toWire() });
    this.#timer = setTimeout(() => this.#open(), delay);
  }

  #end(error: WireError): void {
    this.stop();
    this.#events.signedOut(error);
  }

  #drop(): void {
    const link = this.#link;
    if (!link) return;
    const wasReady = this.#status.phase === "ready";
    this.#link = null;
    link.close();
    if (wasReady) this.#events.lost();
  }

  #set(status: ConnectionStatusView, without?: "retryAt" | "error"): void {
    const { retryAt, error, ...rest } = status;
    this.#status = {
      ...rest,
      ...(retryAt !== undefined && without !== "retryAt" && { retryAt }),
      ...(error && without !== "error" && { error }),
    };
    this.#events.changed();
  }
}

/** The error of a session that the server has ended. */
export function revokedError({ reason }: RevokedEvent): WireError {
  return { code: "UNAUTHENTICATED", message: `The session has ended: ${reason}`, details: { reason } };
}
