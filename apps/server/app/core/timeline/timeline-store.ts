import type { ConversationId, GroupId, Message, Seq, UserId } from "@im-webapp/protocol";
import type { MessageKey } from "./command.ts";
import type { Facts, WantedFacts } from "./facts.ts";
import type { RelationSide, StoredApplication } from "./relations.ts";
import type {
  Changes,
  ConversationState,
  GroupState,
  MemberKey,
  MemberSettings,
  MemberState,
  MessagePlace,
  ReadPosition,
  StoredInvitation,
} from "./model.ts";

/** What one commit reads and writes, inside one transaction. */
export interface TimelineTransaction {
  /** Locks the conversations that exist, in ascending order of id, and gives their state. */
  lockConversations(ids: readonly ConversationId[]): Promise<ConversationState[]>;
  /** Every member, those who left included. Call only for a locked conversation. */
  members(conversationId: ConversationId): Promise<MemberState[]>;
  /** Those of the groups that exist. Call only for groups of locked conversations. */
  groups(groupIds: readonly GroupId[]): Promise<GroupState[]>;
  /** Read positions of members of locked conversations; those without a row are left out. */
  readPositions(keys: readonly MemberKey[]): Promise<ReadPosition[]>;
  /** Settings of members of locked conversations; those without a row are left out. */
  memberSettings(keys: readonly MemberKey[]): Promise<MemberSettings[]>;
  /** Those of the messages that exist, in their newest version. Call only for locked conversations. */
  messages(places: readonly MessagePlace[]): Promise<Message[]>;
  /** Those of the invitations that exist. Call only for those into locked groups. */
  invitations(tokens: readonly string[]): Promise<StoredInvitation[]>;
  facts(wanted: Required<WantedFacts>): Promise<Facts>;
  /** Those of the users that exist, and have not deleted their account. */
  existingUsers(userIds: readonly UserId[]): Promise<UserId[]>;
  /** Locks the timelines in ascending order of user, after all conversations, and gives each head. */
  lockTimelines(userIds: readonly UserId[]): Promise<Map<UserId, Seq>>;
  /** What the users of each pair (the id of their direct conversation) are to each other; sides without a row are left out. */
  relationSides(pairs: readonly ConversationId[]): Promise<RelationSide[]>;
  /** Those of the applications that exist. */
  applications(applicationIds: readonly string[]): Promise<StoredApplication[]>;
  /** Writes everything. Rejects with `Conflict` when a unique key is taken. */
  write(changes: Changes): Promise<void>;
}

/**
 * The write side of both stores. `commit` runs `work` in one READ COMMITTED transaction: when it resolves, all that was
 * written is durable; when it rejects with anything but `Ambiguous`, nothing is.
 *
 * @throws {Conflict} a unique key was taken: a message sent twice, or a conversation made elsewhere meanwhile
 * @throws {Transient} deadlock, lock timeout or certification failure: the same work may succeed when run again
 * @throws {Ambiguous} the connection was lost; whether it was committed is unknown
 */
export interface TimelineStore {
  commit<T>(work: (transaction: TimelineTransaction) => Promise<T>): Promise<T>;
  /** The stored messages among these keys. */
  findByKeys(keys: readonly MessageKey[]): Promise<Message[]>;
}

export class Conflict extends Error {
  override name = "Conflict";
}

export class Transient extends Error {
  override name = "Transient";
}

export class Ambiguous extends Error {
  override name = "Ambiguous";
}
