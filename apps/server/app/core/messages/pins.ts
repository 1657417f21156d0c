import { randomUUID } from "node:crypto";
import { MAX_PINS, type Message, SYSTEM_SENDER, type UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import type { MessagePlace } from "../timeline/model.ts";
import type { Stage } from "../timeline/stage.ts";

const NO_PINS = { at: 0, seqs: [] };

/**
 * Pins a message, or no longer, and says so in the conversation: with all pins as they are then, so that whoever has the
 * newest of these messages has the pins, in whatever order and by whatever way the messages came.
 *
 * @throws {ImError} `CONFLICT` when the conversation has as many as it can
 */
export function setPinned(stage: Stage, { conversationId, seq }: MessagePlace, by: UserId, on: boolean): void {
  const { seqs: before } = stage.conversation(conversationId)?.pins ?? NO_PINS;
  if (before.includes(seq) === on) return;
  if (on && before.length >= MAX_PINS) throw new ImError("CONFLICT", `a conversation has at most ${MAX_PINS} pins`);
  const pins = on ? [...before, seq] : before.filter((pinned) => pinned !== seq);
  const event = on ? "message.pinned" : "message.unpinned";
  const { seq: at } = stage.post({
    conversationId,
    senderId: SYSTEM_SENDER,
    clientMessageId: randomUUID(),
    content: { kind: "system", event, by, seq, pins },
  });
  stage.savePins(conversationId, { at, seqs: pins });
}

/** A message that is recalled is pinned no more; its new version says so. */
export function unpinRecalled(stage: Stage, { conversationId, seq }: Message): void {
  const pins = stage.conversation(conversationId)?.pins;
  if (!pins?.seqs.includes(seq)) return;
  stage.savePins(conversationId, { ...pins, seqs: pins.seqs.filter((pinned) => pinned !== seq) });
}
