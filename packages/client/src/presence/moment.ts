import type { Conversation, Message, PresenceEvent, TypingEvent, UserId } from "@im-webapp/protocol";
import type { Slices } from "../state/projector.ts";
import type { LiveMoment } from "./live-moment.ts";
import type { MomentContext } from "./moment-context.ts";
import type { WatchedUsers } from "./watched-users.ts";

type MomentSlices = Pick<Slices, "typing" | "presence">;

/** Before the first connection. */
const NOTHING: MomentSlices = { typing: new Map(), presence: new Map() };

/**
 * What is of the moment, may be lost, and is stored nowhere: who is typing, and who is online. Without a connection
 * there is nothing of it, so that its code is loaded with the first one; where that fails, with the next.
 */
export class Moment {
  readonly #self: UserId;
  readonly #context: MomentContext;
  #watched: WatchedUsers | undefined;
  #live: LiveMoment | undefined;
  #isConnected = false;

  constructor(self: UserId, context: MomentContext) {
    this.#self = self;
    this.#context = context;
  }

  /** The same objects while nothing changes. */
  get slices(): MomentSlices {
    return this.#live?.slices ?? NOTHING;
  }

  /** Tells of those whom `watched` names from now on; `listChanged` says that it names others. */
  follow(watched: WatchedUsers): void {
    this.#watched = watched;
    this.#live?.presence.follow(watched);
  }

  listChanged(): void {
    this.#live?.presence.listChanged();
  }

  heardTyping(event: TypingEvent): void {
    this.#live?.heardTyping(event);
  }

  heardPresence(event: PresenceEvent): void {
    this.#live?.presence.receive(event);
  }

  connected(): void {
    this.#isConnected = true;
    if (this.#live) this.#live.presence.connected();
    else this.#context.tasks.run(() => this.#load());
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#live?.disconnected();
  }

  /** Messages have come, and conversations have moved on. */
  arrived(messages: readonly Message[], conversations: Iterable<Conversation>): void {
    this.#live?.arrived(messages, conversations);
  }

  /** The user writes, or has stopped; told only where the server tells it to others. */
  setTyping(conversation: Conversation, typing: boolean): void {
    this.#live?.setTyping(conversation, typing);
  }

  async #load(): Promise<void> {
    const loaded = await import("./live-moment.ts").catch(() => undefined);
    if (!loaded || this.#live || !this.#isConnected) return;
    this.#live = new loaded.LiveMoment(this.#self, this.#context);
    if (this.#watched) this.#live.presence.follow(this.#watched);
    this.#live.presence.connected();
  }
}
