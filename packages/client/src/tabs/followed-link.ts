import type { CallName, CallRequest, CallResponse, ReadyEvent } from "@im-webapp/protocol";
import { unavailable } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { Call, Link, LinkEvents } from "../transport/link.ts";
import { deliver } from "./link-event.ts";
import type { LinkEvent } from "./link-event.ts";
import type { TabChannel } from "./tab-channel.ts";

/**
 * Longest wait for the tab that leads to say anything, in milliseconds. A closed tab gives its place up at once; one
 * that is frozen (as phones do with pages in the background) keeps it and is silent.
 */
const WELCOME_TIMEOUT_MS = 2_000;

/** Longest wait for an answer, in milliseconds: above that of the tab that leads, which answers even if the server does not. */
const CALL_TIMEOUT_MS = 20_000;

interface Waiting {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: ImError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A link in a tab that does not lead: over the connection of the tab that does. */
export class FollowedLink implements Link {
  readonly #channel: TabChannel;
  readonly #events: LinkEvents;
  readonly #waiting = new Map<number, Waiting>();
  readonly #welcomeTimer: ReturnType<typeof setTimeout>;
  #calls = 0;
  #open = true;
  #ready = false;

  /** `silent`: no tab answers as the one that leads. */
  constructor(channel: TabChannel, events: LinkEvents, silent: () => void) {
    this.#channel = channel;
    this.#events = events;
    this.#welcomeTimer = setTimeout(silent, WELCOME_TIMEOUT_MS);
    channel.post({ type: "hello" });
  }

  readonly call: Call = async <C extends CallName>(name: C, request: CallRequest<C>): Promise<CallResponse<C>> => {
    if (!this.#open || !this.#ready) throw unavailable("network", "Not connected");
    this.#calls += 1;
    const call = this.#calls;
    const data = await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(call);
        reject(unavailable("timeout", "The tab with the connection does not answer"));
      }, CALL_TIMEOUT_MS);
      this.#waiting.set(call, { resolve, reject, timer });
      this.#channel.post({ type: "call", call, name, request });
    });
    return data as CallResponse<C>;
  };

  close(): void {
    this.#shut();
  }

  /** The tab that leads is there; with `ready`, its connection too. */
  welcome(ready: ReadyEvent | null): void {
    clearTimeout(this.#welcomeTimer);
    if (ready) this.take({ name: "ready", payload: ready });
  }

  /** Takes an event of the connection. */
  take(event: LinkEvent): void {
    if (!this.#open) return;
    // What comes before `ready` belongs to no connection that this link knows of.
    if (event.name === "ready") {
      if (this.#ready) return;
      clearTimeout(this.#welcomeTimer);
      this.#ready = true;
    }
    if (this.#ready) deliver(this.#events, event);
  }

  answer(call: number, data: unknown): void {
    this.#settle(call)?.resolve(data);
  }

  refuse(call: number, error: ImError): void {
    this.#settle(call)?.reject(error);
  }

  /** The connection is gone, or in another tab. */
  lost(error: ImError): void {
    if (this.#shut()) this.#events.closed(error);
  }

  #settle(call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(call);
    return waiting;
  }

  #shut(): boolean {
    if (!this.#open) return false;
    this.#open = false;
    clearTimeout(this.#welcomeTimer);
    for (const call of this.#waiting.keys())
      this.refuse(call, unavailable("network", "Connection lost before the answer"));
    return true;
  }
}
