import type { ConversationId, EpochMs, GroupId, Message, UserId } from "@im-webapp/protocol";
import type { Facts } from "./facts.ts";
import type { Membership } from "./membership.ts";
import type {
  ConversationState,
  GroupState,
  MarkPlace,
  MemberSettings,
  MessagePlace,
  ReadPosition,
  StoredInvitation,
} from "./model.ts";
import type { RelationBase } from "./relations.ts";

/** What a stage shows of the locked rows, or of the stage that it lies upon. */
export interface StageBase {
  readonly at: EpochMs;
  conversation(id: ConversationId): ConversationState | undefined;
  membership(id: ConversationId): Membership;
  /** The group of a locked conversation. */
  group(id: GroupId): GroupState | undefined;
  /** Only for members that the command has named, and those whose position the batch has moved. */
  position(conversationId: ConversationId, userId: UserId): ReadPosition | undefined;
  /** Only for members that the command has named. */
  settings(conversationId: ConversationId, userId: UserId): MemberSettings | undefined;
  /** Only for users that the command has named. */
  userExists(userId: UserId): boolean;
  /** Only for messages that the command has named, and those that the batch has made. */
  message(place: MessagePlace): Message | undefined;
  /** Only for invitations that the command has named. */
  invitation(token: string): StoredInvitation | undefined;
  /** Only what the command has asked for, as it was before the batch. */
  readonly facts: Facts;
  /** Only for a mark that the command has asked for. */
  isStarred(place: MarkPlace): boolean;
  isDeleted(place: MarkPlace): boolean;
  /** Only of pairs and applications that the command has named. */
  readonly relations: RelationBase;
  /** Groups above this size are large. */
  readonly fanoutMaxMembers: number;
}
