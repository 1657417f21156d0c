import type { ConversationId, Message, UserId } from "@im-webapp/protocol";
import type { WantedFacts } from "./facts.ts";
import type { MemberKey, MessagePlace } from "./model.ts";
import type { Stage } from "./stage.ts";

/** What names a message for ever. */
export interface MessageKey {
  readonly senderId: UserId;
  readonly clientMessageId: string;
}

/** The key as one text. */
export function keyName({ senderId, clientMessageId }: MessageKey): string {
  return `${senderId}\n${clientMessageId}`;
}

/**
 * One change on its way through the pipeline.
 *
 * `decide` runs while every conversation in `locks` is locked. It is synchronous and touches nothing but the stage, so
 * it may run again when the batch is retried. It refuses by throwing an `ImError`; then nothing of it is kept and the
 * other commands of the batch go on.
 */
export interface Command<R> {
  /** Conversations to lock; one that does not exist yet may be created by `decide`. */
  readonly locks: readonly ConversationId[];
  /**
   * Commands of one lane take effect in the order in which they were submitted, and lanes take turns. Absent: the
   * conversation's own lane.
   */
  readonly lane?: string;
  /** Read positions that `decide` wants to know. */
  readonly positions?: readonly MemberKey[];
  /** Members of locked conversations whose settings `decide` wants to know. */
  readonly settings?: readonly MemberKey[];
  /** Messages of locked conversations that `decide` wants to see. */
  readonly messages?: readonly MessagePlace[];
  /** Tokens of invitations into locked groups that `decide` wants to see. */
  readonly invitations?: readonly string[];
  /** Users whose existence `decide` wants to know. Looked up in the batch, so that no call overtakes an earlier one. */
  readonly users?: readonly UserId[];
  /** What else `decide` wants to know. */
  readonly facts?: WantedFacts;
  /**
   * Timelines to lock before anything of `pairs` and `applications` is read: what two users' relation is decided under,
   * because their conversation may not exist.
   */
  readonly timelines?: readonly UserId[];
  /** Pairs of users, by the id of their direct conversation, whose relation `decide` wants to know. */
  readonly pairs?: readonly ConversationId[];
  /** Applications that `decide` wants to know, by id. */
  readonly applications?: readonly string[];
  /**
   * Whether it writes to the timelines of all members: then these are locked together with the conversation, which saves
   * a round trip. When it is wrong, or the members are not known yet, nothing but that is lost.
   */
  readonly tellsMembers?: boolean;
  /** About how many bytes of text the command adds to a statement. */
  readonly bytes?: number;
  /** For a message: a pair that is stored already answers with `duplicate`, whatever else the command says. */
  readonly once?: { readonly key: MessageKey; duplicate(stored: Message): R };
  decide(stage: Stage): R;
}

/** The lane of a command. */
export function laneOf({ lane, locks }: Command<unknown>): string {
  return lane ?? locks[0] ?? "";
}

/** Where use cases hand in their commands. */
export interface CommandSink {
  /**
   * Resolves when the command's changes are durable.
   *
   * @throws {ImError} the command's own refusal, or `UNAVAILABLE` when the queue is full, the database is away, or the
   * server drains; then it is safe to submit again
   */
  submit<R>(command: Command<R>): Promise<R>;
}
