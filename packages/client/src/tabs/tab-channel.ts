import type { CallName, CallRequest, ReadyEvent, RevokedEvent, WireError } from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import type { LinkEvent } from "./link-event.ts";

/** One tab, for as long as it has the account open. */
export type TabId = string;

/** What tabs of one session tell each other. */
export type TabMessage =
  /** Asks the tab that leads for its connection; answered by `welcome`. */
  | { readonly type: "hello" }
  /** `ready`: what the server said when the connection opened; null while there is none. */
  | { readonly type: "welcome"; readonly ready: ReadyEvent | null }
  /** The sender leads from now on. */
  | { readonly type: "leads" }
  | { readonly type: "event"; readonly event: LinkEvent }
  /** The connection of the tab that leads is gone. */
  | { readonly type: "closed"; readonly error: WireError }
  | { readonly type: "call"; readonly call: number; readonly name: CallName; readonly request: CallRequest<CallName> }
  | { readonly type: "answer"; readonly call: number; readonly data: unknown }
  | { readonly type: "refusal"; readonly call: number; readonly error: WireError }
  /** Somebody looks at the sender, and would not wait for the time of the next attempt to connect. */
  | { readonly type: "hurry" }
  /** The sender has changed what the store has waiting to be sent. */
  | { readonly type: "pending" }
  /** The session has ended. */
  | { readonly type: "ended"; readonly reason: RevokedEvent["reason"] };

/** The part of `BroadcastChannel` that is used. */
export interface Broadcast {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  postMessage(message: unknown): void;
  close(): void;
}

export type OpenBroadcast = (name: string) => Broadcast;

/** Most tabs that a way is kept open to; those of more are opened anew when needed. Tabs that are gone do not say so. */
const MAX_WAYS = 32;

/** The tabs' way to each other: to all, and to one without the others having to read it. In order, at most once. */
export class TabChannel {
  readonly id: TabId = randomUuid();
  readonly #name: string;
  readonly #open: OpenBroadcast;
  readonly #all: Broadcast;
  readonly #own: Broadcast;
  readonly #others = new Map<TabId, Broadcast>();
  #closed = false;
  #calls = 0;

  /** `name` is the same in all tabs that belong together. */
  constructor(name: string, open: OpenBroadcast, receive: (from: TabId, message: TabMessage) => void) {
    this.#name = name;
    this.#open = open;
    this.#all = open(name);
    this.#own = open(`${name} ${this.id}`);
    for (const channel of [this.#all, this.#own]) {
      channel.addEventListener("message", ({ data }: MessageEvent<{ from: TabId; message: TabMessage }>) => {
        receive(data.from, data.message);
      });
    }
  }

  /** A number for a call that no other call of this tab has. */
  nextCall(): number {
    this.#calls += 1;
    return this.#calls;
  }

  /** Tells all other tabs. */
  post(message: TabMessage): void {
    // A channel is not a window: it has no origin to be named.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (!this.#closed) this.#all.postMessage({ from: this.id, message });
  }

  postTo(tab: TabId, message: TabMessage): void {
    if (this.#closed) return;
    const channel = this.#others.get(tab) ?? this.#open(`${this.#name} ${tab}`);
    this.#others.delete(tab);
    this.#others.set(tab, channel);
    if (this.#others.size > MAX_WAYS) this.#closeOldest();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage({ from: this.id, message });
  }

  #closeOldest(): void {
    const [oldest] = this.#others;
    if (!oldest) return;
    oldest[1].close();
    this.#others.delete(oldest[0]);
  }

  /** Forgets whom it has talked to. */
  forget(): void {
    for (const channel of this.#others.values()) channel.close();
    this.#others.clear();
  }

  /** From now on nothing is told, and nothing heard. */
  close(): void {
    this.#closed = true;
    this.forget();
    this.#all.close();
    this.#own.close();
  }
}
