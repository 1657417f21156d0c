import type { CallName, CallResponse, PresenceEvent, UserId } from "@im-webapp/protocol";
import { unavailable } from "../src/errors.ts";
import type { Call, Dial, Link, LinkEvents } from "../src/transport/link.ts";
import { FakeBackend } from "./fake-backend.ts";
import type { AnyRequest } from "./fake-backend.ts";

interface Connected {
  readonly userId: UserId;
  readonly events: LinkEvents;
  hasPulled: boolean;
}

/**
 * A double of a server and the network before it. A token is the user's id. Tests bend it: `pushing` and `route` lose
 * pushes, `before` refuses, delays or hides answers, `disconnect` cuts.
 */
export class FakeServer extends FakeBackend {
  /** Whether pushes arrive. */
  pushing = true;
  /** Takes each push on its way: to lose it, to deliver it twice, or later. */
  route: (deliver: () => void) => void = (deliver) => deliver();
  /** How long it says that messages can be recalled, in milliseconds; undefined: an older server, which does not say. */
  recallWithinMs: number | undefined;
  /** Whether dialling succeeds. */
  reachable = true;
  /** Runs before a call takes effect; throws to refuse it. */
  before: (name: CallName, request: AnyRequest) => void | Promise<void> = () => undefined;
  /** Runs when a call has taken effect and before its answer; throws to lose the answer. */
  after: (name: CallName, request: AnyRequest) => void | Promise<void> = () => undefined;
  /** Every call that arrived, in order. */
  readonly calls: { name: CallName; request: AnyRequest }[] = [];
  readonly #connected = new Set<Connected>();

  readonly dial: Dial = (userId, events): Link => {
    const connected: Connected = { userId, events, hasPulled: false };
    let open = true;
    queueMicrotask(() => {
      if (!open) return;
      if (!this.reachable) {
        open = false;
        events.closed(unavailable("network", "refused"));
        return;
      }
      this.#connected.add(connected);
      events.ready({
        userId,
        deviceId: "d",
        serverTime: 1_000,
        epoch: this.epoch,
        head: this.head(userId),
        protocol: 1,
        limits: {
          maxTextLength: 8_000,
          maxBatch: 500,
          maxPacketBytes: 1_048_576,
          receiptMembers: 50,
          ...(this.recallWithinMs !== undefined && { recallWithinMs: this.recallWithinMs }),
        },
      });
    });
    const call: Call = async (name, request) => {
      this.calls.push({ name, request });
      await Promise.resolve();
      await this.before(name, request);
      if (!this.#connected.has(connected)) throw unavailable("network", "lost");
      const answer = this.answer(userId, name, request, !connected.hasPulled);
      if (name === "sync:pull") connected.hasPulled = true;
      await this.after(name, request);
      if (!this.#connected.has(connected)) throw unavailable("network", "lost");
      return answer as CallResponse<typeof name>;
    };
    return {
      call,
      close: () => {
        open = false;
        this.#connected.delete(connected);
      },
    };
  };

  /** Cuts every connection. */
  disconnect(): void {
    const cut = [...this.#connected];
    this.#connected.clear();
    for (const { events } of cut) events.closed(unavailable("network", "cut"));
  }

  /** Ends a user's session. */
  revoke(userId: UserId): void {
    for (const { userId: other, events } of this.#connected)
      if (other === userId) events.revoked({ reason: "revoked" });
  }

  /** How many connections a user has. */
  connections(userId: UserId): number {
    return [...this.#connected].filter((connected) => connected.userId === userId).length;
  }

  /** How often a call has arrived. */
  count(name: CallName): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  /** The life of the database ends; the next begins with nothing. */
  restoreEmpty(epoch: string): void {
    this.epoch = epoch;
    this.forgetAll();
    this.disconnect();
  }

  /** Tells a user of another's presence. */
  tellPresence(to: UserId, event: PresenceEvent): void {
    this.push(to, (events) => events.presence(event));
  }

  protected isConnected(userId: UserId): boolean {
    return [...this.#connected].some((connected) => connected.userId === userId);
  }

  protected push(to: UserId, deliver: (events: LinkEvents) => void): void {
    for (const connected of this.#connected) {
      if (connected.userId !== to || !this.pushing) continue;
      this.route(() => {
        if (this.#connected.has(connected)) deliver(connected.events);
      });
    }
  }
}
