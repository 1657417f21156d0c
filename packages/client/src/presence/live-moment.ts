import { RECEIPT_MEMBERS } from "@im-webapp/protocol";
import type { Conversation, Message, TypingEvent, UserId } from "@im-webapp/protocol";
import type { Slices } from "../state/projector.ts";
import { TypingSender } from "../typing/typing-sender.ts";
import { TypingUsers } from "../typing/typing-users.ts";
import type { MomentContext } from "./moment-context.ts";
import { PresenceWatch } from "./presence-watch.ts";

/** Typing and presence of one account, from its first connection on. */
export class LiveMoment {
  readonly presence: PresenceWatch;
  readonly #sender: TypingSender;
  readonly #typing: TypingUsers;

  constructor(self: UserId, options: MomentContext) {
    this.presence = new PresenceWatch(options);
    this.#sender = new TypingSender(options.call);
    this.#typing = new TypingUsers(self, options.changed);
  }

  get slices(): Pick<Slices, "typing" | "presence"> {
    return { typing: this.#typing.view, presence: this.presence.view };
  }

  heardTyping(event: TypingEvent): void {
    this.#typing.receive(event);
  }

  disconnected(): void {
    this.presence.disconnected();
    this.#sender.disconnected();
    this.#typing.clear();
  }

  /** Messages have come, and conversations have moved on. */
  arrived(messages: readonly Message[], conversations: Iterable<Conversation>): void {
    this.#typing.arrived(messages);
    this.presence.follows(conversations);
  }

  /** The user writes, or has stopped; told only where the server tells it to others. */
  setTyping({ conversationId, left, large, memberCount = 0 }: Conversation, typing: boolean): void {
    if (left === true || large === true || memberCount > RECEIPT_MEMBERS) return;
    this.#sender.set(conversationId, typing);
  }
}
