import type { CallName, CallRequest, CallResponse, ReadyEvent } from "@im-webapp/protocol";
import { unavailable } from "../errors.ts";
import type { ImError } from "../errors.ts";
import type { Call, Link, LinkEvents } from "../transport/link.ts";
import { deliver } from "./link-event.ts";
import type { LinkEvent } from "./link-event.ts";
import type { TabChannel, TabId } from "./tab-channel.ts";

/**
 * Longest wait for the tab that leads to say anything, in milliseconds. A closed tab gives its place up at once; one
 * that is frozen (as phones do with pages in the background) keeps it and is silent.
 */
const WELCOME_TIMEOUT_MS = 2_000;

/** How long the tab that leads may be without a connection before it is asked again whether it is there, in milliseconds. */
const ASK_AGAIN_MS = 3_000;

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
  readonly #silent: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The tab whose connection this is. */
  #leader: TabId | undefined;
  #open = true;
  #ready = false;

  /** `silent`: no tab answers as the one that leads. */
  constructor(channel: TabChannel, events: LinkEvents, silent: () => void) {
    this.#channel = channel;
    this.#events = events;
    this.#silent = silent;
    this.#ask();
  }

  readonly call: Call = async <C extends CallName>(name: C, request: CallRequest<C>): Promise<CallResponse<C>> => {
    if (!this.#open || !this.#ready) throw unavailable("network", "Not connected");
    const call = this.#channel.nextCall();
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
  welcome(leader: TabId, ready: ReadyEvent | null): void {
    if (!this.#open || this.#ready) return;
    this.#leader = leader;
    if (ready) {
      this.take(leader, { name: "ready", payload: ready });
      return;
    }
    // It may be frozen before it has a connection, and would keep this tab waiting.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), ASK_AGAIN_MS);
  }

  /** Takes an event of the connection. */
  take(from: TabId, event: LinkEvent): void {
    if (!this.#open) return;
    // What comes before `ready` belongs to no connection that this link knows of.
    if (event.name === "ready" && !this.#ready) {
      clearTimeout(this.#timer);
      this.#leader = from;
      this.#ready = true;
      deliver(this.#events, event);
    } else if (this.#ready && from === this.#leader && event.name !== "ready") {
      deliver(this.#events, event);
    }
  }

  answer(call: number, data: unknown): void {
    this.#settle(call)?.resolve(data);
  }

  refuse(call: number, error: ImError): void {
    this.#settle(call)?.reject(error);
  }

  /** The connection of a tab is gone; another's than the one that is followed is none of this link's. */
  lostBy(from: TabId, error: ImError): void {
    if (this.#leader === undefined || from === this.#leader) this.lost(error);
  }

  /** The connection is gone, or in another tab. */
  lost(error: ImError): void {
    if (this.#shut()) this.#events.closed(error);
  }

  #ask(): void {
    this.#channel.post({ type: "hello" });
    this.#timer = setTimeout(this.#silent, WELCOME_TIMEOUT_MS);
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
    clearTimeout(this.#timer);
    for (const call of this.#waiting.keys())
      this.refuse(call, unavailable("network", "Connection lost before the answer"));
    return true;
  }
}
