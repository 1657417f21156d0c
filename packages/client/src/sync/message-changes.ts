import type { Message, UserId } from "@im-webapp/protocol";

/** What a step brings to the messages of whatever conversations, to be stored in one transaction. */
export interface MessageChanges {
  /** New messages; a held version that is higher stays. */
  readonly messages: readonly Message[];
  /** New versions, for those messages only that are held: alone they would be islands in the cache. */
  readonly updates: readonly Message[];
  /** `clientMessageId` of each own message that has come back. */
  readonly delivered: readonly string[];
}

/** Gathers messages and their versions in any order, keeping the highest version of each. */
export class MessageCollector {
  readonly #self: UserId;
  readonly #messages = new Map<string, Message>();
  readonly #updates = new Map<string, Message>();
  readonly #delivered: string[] = [];

  constructor(self: UserId) {
    this.#self = self;
  }

  message(message: Message): void {
    keepHigher(this.#messages, message);
    if (message.senderId === this.#self) this.#delivered.push(message.clientMessageId);
  }

  update(message: Message): void {
    keepHigher(this.#messages.has(messageKey(message)) ? this.#messages : this.#updates, message);
  }

  get changes(): MessageChanges {
    return {
      messages: [...this.#messages.values()],
      updates: [...this.#updates.values()],
      delivered: this.#delivered,
    };
  }
}

function messageKey(message: Message): string {
  return `${message.seq} ${message.conversationId}`;
}

function keepHigher(into: Map<string, Message>, message: Message): void {
  const key = messageKey(message);
  const held = into.get(key);
  if (!held || message.version > held.version) into.set(key, message);
}
