import type { RevokedEvent } from "@im-webapp/protocol";
import { fromWire, unavailable } from "../errors.ts";
import type { Dial, Link, LinkEvents } from "../transport/link.ts";
import { FollowedLink } from "./followed-link.ts";
import { SharedLink } from "./shared-link.ts";
import { TabChannel } from "./tab-channel.ts";
import type { OpenBroadcast, TabId, TabMessage } from "./tab-channel.ts";
import type { TabEvents, Tabs } from "./tabs.ts";

/** What the browser gives tabs to find each other by. */
export interface TabPlatform {
  readonly locks: Pick<LockManager, "request">;
  readonly broadcast: OpenBroadcast;
}

/**
 * Tabs of one session that share one connection. The one that holds the lock of their name leads. The browser gives
 * the lock to the next one as soon as the page that has it is gone, however it went; a page that has it and is silent,
 * because it is frozen, loses it to the first one that asks in vain.
 */
export class TabGroup implements Tabs {
  readonly #name: string;
  readonly #locks: TabPlatform["locks"];
  readonly #channel: TabChannel;
  readonly #shared: SharedLink;
  readonly #left = new AbortController();
  readonly #fault: (error: unknown) => void;
  #events: TabEvents | null = null;
  #followed: FollowedLink | null = null;
  #leads = false;
  #queued = false;

  private constructor(name: string, dial: Dial, { locks, broadcast }: TabPlatform, fault: (error: unknown) => void) {
    this.#name = name;
    this.#locks = locks;
    this.#fault = fault;
    this.#channel = new TabChannel(name, broadcast, (from, message) => this.#receive(from, message));
    this.#shared = new SharedLink(dial, this.#channel);
  }

  /** Joins the tabs of this name; resolves once it is known whether this one leads. */
  static async join(
    name: string,
    dial: Dial,
    platform: TabPlatform,
    fault: (error: unknown) => void,
  ): Promise<TabGroup> {
    const group = new TabGroup(name, dial, platform, fault);
    await new Promise<void>((resolve) => {
      group.#hold({ ifAvailable: true }, resolve);
    });
    if (!group.#leads) group.#queue();
    return group;
  }

  get leads(): boolean {
    return this.#leads;
  }

  readonly dial: Dial = (token, events): Link =>
    this.#leads ? this.#shared.dial(token, events) : this.#follow(events);

  listen(events: TabEvents): void {
    this.#events = events;
  }

  hurry(): void {
    if (!this.#leads) this.#channel.post({ type: "hurry" });
  }

  changedPending(): void {
    this.#channel.post({ type: "pending" });
  }

  ended(reason: RevokedEvent["reason"]): void {
    this.#channel.post({ type: "ended", reason });
  }

  standAlone(): void {
    if (this.#left.signal.aborted) return;
    this.#left.abort();
    this.#channel.close();
    if (this.#leads) return;
    this.#leads = true;
    this.#reconnect("This tab connects by itself");
  }

  leave(): void {
    this.#events = null;
    this.#left.abort();
    this.#followed?.close();
    this.#channel.close();
  }

  #follow(events: LinkEvents): Link {
    this.#followed?.close();
    this.#followed = new FollowedLink(this.#channel, events, () => this.#hold({ steal: true }));
    return this.#followed;
  }

  /** Waits for the lock. */
  #queue(): void {
    if (this.#queued) return;
    this.#queued = true;
    this.#hold({ signal: this.#left.signal });
  }

  /** Asks for the lock and keeps it until this tab leaves; `asked` hears once that is decided. */
  #hold(options: LockOptions, asked?: () => void): void {
    const held = this.#locks.request(this.#name, options, async (lock) => {
      if (options.signal) this.#queued = false;
      const gone = this.#left.signal;
      if (lock && !gone.aborted) this.#lead();
      asked?.();
      if (!lock || gone.aborted) return;
      await new Promise<void>((resolve) => {
        gone.addEventListener("abort", () => resolve());
      });
    });
    held.catch((error: unknown) => {
      asked?.();
      if (this.#left.signal.aborted) return;
      if (options.signal) this.#queued = false;
      // Another tab has taken the lock away, for this one was silent for too long.
      if (error instanceof Error && error.name === "AbortError") this.#follows();
      else this.#fault(error);
    });
  }

  #lead(): void {
    if (this.#leads) return;
    this.#leads = true;
    this.#channel.post({ type: "leads" });
    this.#reconnect("This tab takes the connection over");
  }

  #follows(): void {
    this.#leads = false;
    this.#shared.drop();
    this.#queue();
    this.#events?.redial();
  }

  #reconnect(why: string): void {
    const followed = this.#followed;
    this.#followed = null;
    followed?.lost(unavailable("network", why));
    this.#events?.redial();
  }

  #receive(from: TabId, message: TabMessage): void {
    if (this.#left.signal.aborted) return;
    switch (message.type) {
      case "pending":
        return this.#events?.pending();
      case "ended":
        return this.#events?.ended(message.reason);
      default:
        return this.#leads ? this.#asLeader(from, message) : this.#asFollower(from, message);
    }
  }

  #asLeader(from: TabId, message: TabMessage): void {
    switch (message.type) {
      case "hello":
        this.#shared.joined(from);
        this.#channel.postTo(from, { type: "welcome", ready: this.#shared.ready });
        if (!this.#shared.ready) this.#events?.redialIfDue();
        return;
      case "call":
        this.#shared.answer(from, message.call, message.name, message.request).catch(this.#fault);
        return;
      case "hurry":
        this.#events?.redial();
        return;
      default:
        // Of a tab that led until now.
        return;
    }
  }

  #asFollower(from: TabId, message: TabMessage): void {
    switch (message.type) {
      case "leads":
        return this.#reconnect("Another tab has taken the connection over");
      case "welcome":
        return this.#followed?.welcome(from, message.ready);
      case "event":
        this.#followed?.take(from, message.event);
        // While this tab waits for its next attempt, the other's has succeeded.
        if (message.event.name === "ready") this.#events?.redial();
        return;
      case "closed":
        return this.#followed?.lostBy(from, fromWire(message.error, "UNAVAILABLE"));
      case "answer":
        return this.#followed?.answer(message.call, message.data);
      case "refusal":
        return this.#followed?.refuse(message.call, fromWire(message.error, "INTERNAL"));
      default:
        return;
    }
  }
}
