import type { ConversationId, UserId } from "@im-webapp/protocol";
import { readSetting, writeSetting } from "../../lib/settings-storage.ts";

const KEY = "im.typed";

/** Where something is typed. */
interface Place {
  readonly userId: UserId;
  readonly conversationId: ConversationId;
}

const prefixOf = ({ userId, conversationId }: Place) => `${userId}\n${conversationId}\n`;

/**
 * Holds what has just been typed until the library has stored it, which takes a moment: a page that is closed or reloaded
 * in that moment finds it again. One text, for one can type in one place at a time.
 */
export function holdTyped(place: Place, text: string): void {
  writeSetting(KEY, prefixOf(place) + text);
}

/** The text that is held for a place. */
export function heldTyped(place: Place): string | undefined {
  const held = readSetting(KEY);
  const prefix = prefixOf(place);
  return held?.startsWith(prefix) === true ? held.slice(prefix.length) : undefined;
}

/** That this text is stored: holds it no more, unless another one was typed since. */
export function releaseTyped(place: Place, text: string): void {
  if (heldTyped(place) === text) writeSetting(KEY, null);
}
