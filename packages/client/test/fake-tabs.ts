import type { Broadcast, OpenBroadcast } from "../src/tabs/tab-channel.ts";
import type { TabPlatform } from "../src/tabs/tab-group.ts";

interface Request {
  readonly grant: () => void;
}

interface Held {
  readonly request: object;
  readonly steal: () => void;
}

/** A double of one browser, for tabs in it: its Web Locks and its channels. */
export class FakeBrowser {
  readonly #channels = new Set<FakeChannel>();
  readonly #held = new Map<string, Held>();
  readonly #queues = new Map<string, Request[]>();

  /** What a new tab sees of the browser. */
  tab(): FakeTab {
    return new FakeTab(this);
  }

  open(name: string, tab: FakeTab): FakeChannel {
    const channel = new FakeChannel(name, tab, (data) => this.#deliver(channel, data));
    this.#channels.add(channel);
    return channel;
  }

  closeAll(tab: FakeTab): void {
    for (const channel of this.#channels) if (channel.tab === tab) channel.close();
  }

  async request(tab: FakeTab, name: string, options: LockOptions, work: LockGrantedCallback<unknown>): Promise<void> {
    const held = this.#held.get(name);
    if (held && options.ifAvailable) {
      await work(null);
      return;
    }
    if (held && options.steal) {
      this.#held.delete(name);
      held.steal();
    } else if (held) {
      await this.#turn(tab, name, options.signal);
    }
    if (tab.gone.aborted) return;
    await this.#hold(tab, name, work);
  }

  async #turn(tab: FakeTab, name: string, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    await new Promise<void>((resolve, reject) => {
      const request = { grant: resolve };
      queue.push(request);
      const leave = (): void => {
        const at = queue.indexOf(request);
        if (at !== -1) queue.splice(at, 1);
      };
      signal?.addEventListener("abort", () => {
        leave();
        reject(new DOMException("Aborted", "AbortError"));
      });
      tab.gone.addEventListener("abort", leave);
    });
  }

  async #hold(tab: FakeTab, name: string, work: LockGrantedCallback<unknown>): Promise<void> {
    const request = {};
    let steal: () => void = () => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      steal = () => tab.whenAwake(() => reject(new DOMException("Stolen", "AbortError")));
      tab.gone.addEventListener("abort", () => resolve());
    });
    this.#held.set(name, { request, steal });
    try {
      await Promise.race([work({ mode: "exclusive", name }), ended]);
    } finally {
      if (this.#held.get(name)?.request === request) {
        this.#held.delete(name);
        this.#queues.get(name)?.shift()?.grant();
      }
    }
  }

  #deliver(from: FakeChannel, data: unknown): void {
    for (const channel of this.#channels) {
      if (channel === from || channel.name !== from.name) continue;
      const copy: unknown = structuredClone(data);
      queueMicrotask(() => channel.hear(copy));
    }
  }
}

class FakeChannel implements Broadcast {
  readonly name: string;
  readonly tab: FakeTab;
  readonly #send: (data: unknown) => void;
  readonly #listeners: ((event: MessageEvent) => void)[] = [];
  #open = true;

  constructor(name: string, tab: FakeTab, send: (data: unknown) => void) {
    this.name = name;
    this.tab = tab;
    this.#send = send;
  }

  addEventListener(_type: "message", listener: (event: MessageEvent) => void): void {
    this.#listeners.push(listener);
  }

  postMessage(message: unknown): void {
    if (this.tab.frozen || this.tab.gone.aborted) return;
    if (!this.#open) throw new DOMException("Closed", "InvalidStateError");
    this.#send(message);
  }

  hear(data: unknown): void {
    if (!this.#open || this.tab.frozen) return;
    for (const listener of this.#listeners) listener({ data } as MessageEvent);
  }

  close(): void {
    this.#open = false;
  }
}

/** One tab of a `FakeBrowser`. */
export class FakeTab {
  readonly #browser: FakeBrowser;
  readonly #onWaking: (() => void)[] = [];
  #frozen = false;
  readonly #gone = new AbortController();

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
  }

  /** Whether it neither speaks nor hears; what is said to it meanwhile is lost. */
  get frozen(): boolean {
    return this.#frozen;
  }

  freeze(): void {
    this.#frozen = true;
  }

  wake(): void {
    this.#frozen = false;
    for (const happen of this.#onWaking.splice(0)) happen();
  }

  /** Now, or when it is no longer frozen. */
  whenAwake(happen: () => void): void {
    if (this.#frozen) this.#onWaking.push(happen);
    else happen();
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get platform(): TabPlatform {
    const request = (name: string, options: LockOptions, work: LockGrantedCallback<unknown>): Promise<void> =>
      this.#browser.request(this, name, options, work);
    const broadcast: OpenBroadcast = (name) => this.#browser.open(name, this);
    return { locks: { request } as TabPlatform["locks"], broadcast };
  }

  /** Ends the tab in the middle of whatever it does. */
  kill(): void {
    this.#browser.closeAll(this);
    this.#gone.abort();
  }
}
