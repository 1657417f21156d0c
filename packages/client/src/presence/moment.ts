import { RECEIPT_MEMBERS } from "@im-webapp/protocol";
import type { Conversation, Message, PresenceEvent, TypingEvent, UserId } from "@im-webapp/protocol";
import type { TaskGroup } from "../async/task-group.ts";
import type { Slices } from "../state/projector.ts";
import type { Call } from "../transport/link.ts";
import { TypingSender } from "../typing/typing-sender.ts";
import { TypingUsers } from "../typing/typing-users.ts";
import { PresenceWatch } from "./presence-watch.ts";

/** What is of the moment, may be lost, and is stored nowhere: who is typing, and who is online. */
export class Moment {
  readonly presence: PresenceWatch;
  readonly #sender: TypingSender;
  readonly #typing: TypingUsers;

  constructor(self: UserId, options: { call: Call; tasks: TaskGroup; changed: () => void }) {
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

  heardPresence(event: PresenceEvent): void {
    this.presence.receive(event);
  }

  connected(): void {
    this.presence.connected();
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
