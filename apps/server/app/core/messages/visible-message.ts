import type { Message } from "@im-webapp/protocol";
import { isVisible, visibleSpans } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import type { MemberState, MessagePlace } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";

/**
 * The message that a member, or one who was a member, acts upon.
 *
 * @throws {ImError} `NOT_FOUND` for one that they may not read
 */
export function requireVisible(stage: Stage, place: MessagePlace, member: MemberState | undefined): Message {
  const conversation = stage.conversation(place.conversationId);
  const message = stage.message(place);
  if (!conversation || !member || !message || !isVisible(visibleSpans({ conversation, member }), place.seq)) {
    throw new ImError("NOT_FOUND", "there is no such message");
  }
  return message;
}
