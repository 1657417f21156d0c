import type { ConversationId, Seq, WireError } from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import type { PendingChange } from "../store/local-store.ts";
import type { ContactChange, ConversationSettings, FailedChange, MessageChange } from "../types.ts";

/** Where the message is that a change is about. */
export interface ChangedMessage {
  readonly conversationId: ConversationId;
  readonly seq: Seq;
}

/** What is told of changes that were made to messages of an earlier life of the server's database. */
const OUTLIVED: WireError = {
  code: "NOT_FOUND",
  message: "The server's database was replaced",
};

/** A change that has just been made. `was`, of one that is put or taken away: whether it is shown to be there already. */
export function newChange(
  { conversationId, seq }: ChangedMessage,
  change: MessageChange | ContactChange,
  was?: boolean,
): PendingChange {
  return {
    ...change,
    id: randomUuid(),
    conversationId,
    seq,
    createdAt: Date.now(),
    ...(was !== undefined && { was }),
  };
}

/** A change of how a conversation is kept, that has just been made. */
export function newSettings(conversationId: ConversationId, settings: ConversationSettings): PendingChange {
  return { kind: "settings", settings, id: randomUuid(), conversationId, seq: 0, createdAt: Date.now() };
}

/** Whether the server has not answered a change for good yet. */
export function isWaiting({ accepted, error }: PendingChange): boolean {
  return !accepted && !error;
}

/**
 * The queue with a change at its end. Those that it makes needless go: an earlier text, what a recalled message was
 * going to become, a reaction turned round; and the change with them if it leads back to what was before. Only what
 * was never attempted can go, for the server may have taken any other; and the texts that it refused for a message that
 * is recalled now, for nothing that such a message said is kept.
 */
export function queued(held: readonly PendingChange[], change: PendingChange): readonly PendingChange[] {
  if (held.some(({ id }) => id === change.id)) return held;
  const needless = held.filter((other) => isNeedless(other, change));
  const kept = held.filter((other) => !needless.includes(other));
  if (change.kind === "settings") return [...kept, { ...change, settings: mergedSettings([...needless, change]) }];
  if (!("on" in change)) return [...kept, change];
  const was = needless[0]?.was ?? change.was;
  if (needless.length > 0 && was === change.on) return kept;
  return [...kept, was === undefined ? change : { ...change, was }];
}

/** Whether both are about the same message. */
export function isOfSame(one: ChangedMessage, other: ChangedMessage): boolean {
  return one.seq === other.seq && one.conversationId === other.conversationId;
}

/** What these changes make of the settings, the later ones over the earlier. */
export function mergedSettings(changes: readonly PendingChange[]): ConversationSettings {
  return changes.reduce<ConversationSettings>(
    (merged, change) => (change.kind === "settings" ? { ...merged, ...change.settings } : merged),
    {},
  );
}

/** What may be sent now: of each conversation that has nothing under way, the oldest change that waits. */
export function nextChanges(
  changes: readonly PendingChange[],
  isUnderWay: (change: PendingChange) => boolean,
): PendingChange[] {
  const heads = new Map<ConversationId, PendingChange>();
  for (const change of changes) {
    // One under way is always the oldest that waits.
    if (isWaiting(change) && !heads.has(change.conversationId)) heads.set(change.conversationId, change);
  }
  return [...heads.values()].filter((change) => !isUnderWay(change));
}

/** What becomes of changes when the server's database has another life: they are about messages that may not exist. */
export function outlived(changes: readonly PendingChange[]): readonly PendingChange[] {
  return changes.flatMap((change) => {
    if (change.kind === "settings") return [];
    if (change.error) return [change];
    const { accepted: _, ...rest } = change;
    return [{ ...rest, error: OUTLIVED }];
  });
}

/** A change that was refused, as the screen sees it; undefined for any other. */
export function toFailedChange(change: PendingChange): FailedChange | undefined {
  if (change.kind === "settings") return undefined;
  const { attempted: _attempted, accepted: _accepted, was: _was, error, ...shown } = change;
  return error && { ...shown, error };
}

function isNeedless(other: PendingChange, change: PendingChange): boolean {
  if (!isOfSame(change, other)) return false;
  if (other.error) return change.kind === "recall" && other.kind === "edit";
  return isWaiting(other) && other.attempted !== true && supersedes(change, other);
}

function supersedes(change: PendingChange, other: PendingChange): boolean {
  // What is the user's own is so also for a message that was recalled.
  if (change.kind === "recall") return other.kind !== "delete" && other.kind !== "star";
  if (change.kind !== "react") return other.kind === change.kind;
  return other.kind === "react" && other.emoji === change.emoji;
}
