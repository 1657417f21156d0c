import type { ConversationId, Entry, UserId } from "@im-webapp/protocol";
import { ImError } from "../src/errors.ts";
import type { FakeWorld } from "./fake-world.ts";

/** All conversations of a server, with what it says to those who ask for one that is not theirs. */
export class FakeWorlds extends Map<ConversationId, FakeWorld> {
  one(conversationId: ConversationId): FakeWorld {
    const world = this.get(conversationId);
    if (!world) throw new ImError({ code: "NOT_FOUND", message: `No conversation ${conversationId}` });
    return world;
  }

  /** One that the user is or was in. */
  known(userId: UserId, conversationId: ConversationId): FakeWorld {
    const world = this.one(conversationId);
    if (!world.knows(userId)) throw new ImError({ code: "NOT_FOUND", message: "unknown" });
    return world;
  }

  /** An entry as the user gets it: with what it tells of in its present state. */
  asItIs(entry: Entry, userId: UserId): Entry {
    if (entry.type === "conversation") {
      const world = this.get(entry.conversation.conversationId);
      return world ? { ...entry, conversation: world.view(userId) } : entry;
    }
    if (entry.type !== "message" && entry.type !== "message:update") return entry;
    const message = this.get(entry.message.conversationId)?.messages[entry.message.seq - 1];
    return message ? { ...entry, message } : entry;
  }
}
