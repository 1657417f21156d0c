import type { ConversationId, UserId } from "@im-webapp/protocol";
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
}
