import type {
  Announcement,
  Application,
  Contact,
  Content,
  Conversation,
  ConversationId,
  ConversationType,
  EpochMs,
  Gender,
  GroupId,
  GroupPushEvent,
  JoinPolicy,
  Message,
  NotifyLevel,
  Role,
  Seq,
  UserId,
  WhoMayAdd,
} from "@im-webapp/protocol";
import type { RelationSide, StoredApplication } from "./relations.ts";

/** A conversation's own state, the same for everybody in it. */
export interface ConversationState {
  readonly conversationId: ConversationId;
  readonly type: ConversationType;
  readonly groupId?: GroupId;
  readonly lastSeq: Seq;
  readonly changeSeq: Seq;
  /** Rises with every change of membership, so that a cached member list shows whether it is still true. */
  readonly memberVersion: number;
  /** Rises with every change of the group, so that a cached one shows whether it is still true. */
  readonly groupVersion: number;
  readonly memberCount: number;
  /** Above the fan-out threshold: read from the conversation itself, not from each member's timeline. */
  readonly large: boolean;
  readonly pins?: NonNullable<Conversation["pins"]>;
}

/** The counters of a conversation before anything has happened in it. */
export const NEW_CONVERSATION = {
  lastSeq: 0,
  changeSeq: 0,
  memberVersion: 0,
  groupVersion: 0,
  memberCount: 0,
  large: false,
} as const;

/** A run of messages that somebody may read: those above `from`, up to and including `to`. */
export interface Span {
  readonly from: Seq;
  readonly to: Seq;
}

/** What makes somebody a member, and of what. Changes only together with `memberVersion`. */
export interface MemberState {
  readonly userId: UserId;
  /** The other one of a direct conversation. */
  readonly peerId?: UserId;
  readonly role: Role;
  /** Reads messages above this one. */
  readonly fromSeq: Seq;
  /** The last message that one who left may read; absent while a member. */
  readonly leftSeq?: Seq;
  /** Earlier stays. */
  readonly pastSpans: readonly Span[];
  readonly joinedAt: EpochMs;
  /** The name that they go by in the group. */
  readonly alias?: string;
  /** May not send before this time. */
  readonly mutedUntil?: EpochMs;
}

/** What a group is, besides its messages and members. Changes only together with `groupVersion`. */
export interface GroupState {
  readonly groupId: GroupId;
  readonly conversationId: ConversationId;
  readonly name: string;
  readonly avatar?: string;
  readonly description: string;
  readonly announcement?: Announcement;
  readonly ownerId: UserId;
  readonly joinPolicy: JoinPolicy;
  readonly whoMayAdd: WhoMayAdd;
  /** Whether newcomers read what was said before they came. */
  readonly historyVisible: boolean;
  /** Whether only admins may send. */
  readonly mutedAll: boolean;
  /** Set for good once the group has been dissolved. */
  readonly dissolvedAt?: EpochMs;
}

/** The settings of a group that nobody has changed yet: as closed as it can be, but for its members. */
export const NEW_GROUP = {
  description: "",
  joinPolicy: "invite",
  whoMayAdd: "members",
  historyVisible: false,
  mutedAll: false,
} as const;

/** A link into a group. */
export interface StoredInvitation {
  readonly token: string;
  readonly groupId: GroupId;
  readonly createdBy: UserId;
  readonly createdAt: EpochMs;
  readonly expiresAt?: EpochMs;
  readonly maxUses?: number;
  readonly uses: number;
  readonly revokedAt?: EpochMs;
}

/** What changes of a user's account; what is left out stays, null takes away. */
export interface AccountChange {
  readonly displayName?: string;
  readonly avatar?: string | null;
  readonly gender?: Gender | null;
  readonly description?: string | null;
  readonly phone?: string | null;
  readonly hidePresence?: boolean;
  readonly findableByPhone?: boolean;
  readonly findableByName?: boolean;
}

/** Where a message is. */
export interface MessagePlace {
  readonly conversationId: ConversationId;
  readonly seq: Seq;
}

/** A message together with the user who has marked it, or may have. */
export interface MarkPlace extends MessagePlace {
  readonly userId: UserId;
}

/** A message with the columns that the wire does not show. */
export interface StoredMessage {
  readonly message: Message;
  readonly receiverId?: UserId;
  readonly groupId?: GroupId;
}

/** A message in its new version, with its place among the changes of its conversation. */
export interface ChangedMessage {
  readonly message: Message;
  readonly changeSeq: Seq;
}

/** What one commit brought to a large group: goes to all members online, and to nobody's timeline. */
export interface GroupPush {
  readonly push: GroupPushEvent;
  /** The membership to which it goes. */
  readonly memberVersion: number;
}

/**
 * A timeline entry before each recipient's `seq` is known: it refers to messages and conversations and copies nothing
 * but small values. `message` holds the message so that the push after the commit need not read it back.
 */
export type EntryDraft =
  | { readonly type: "message" | "message:update"; readonly message: Message }
  | { readonly type: "read"; readonly conversationId: ConversationId; readonly readSeq: Seq; readonly unread: number }
  | {
      readonly type: "receipt";
      readonly conversationId: ConversationId;
      readonly userId: UserId;
      readonly readSeq: Seq;
    }
  | { readonly type: "conversation"; readonly conversationId: ConversationId }
  /** A profile, shown in its state when it is read. */
  | { readonly type: "user"; readonly userId: UserId }
  | { readonly type: "contact"; readonly contact: Contact }
  | { readonly type: "contact"; readonly application: Application };

/** One draft and all who get it. */
export interface FanOut {
  readonly draft: EntryDraft;
  readonly userIds: readonly UserId[];
}

/** A `FanOut` with the place in each recipient's timeline, in the order of `userIds`. */
export interface SequencedFanOut extends FanOut {
  readonly seqs: readonly Seq[];
}

/** Where a user has read to, in one conversation. */
export interface ReadPosition {
  readonly conversationId: ConversationId;
  readonly userId: UserId;
  readonly readSeq: Seq;
  /** Shown as unread nevertheless. Whoever moves the position takes the mark away. */
  readonly markedUnread?: boolean;
}

/** Names a member: who, and of what. */
export type MemberKey = Pick<ReadPosition, "conversationId" | "userId">;

/** How a user keeps a conversation: theirs alone, and told to nobody else. */
export interface MemberSettings extends MemberKey {
  readonly pinned: boolean;
  readonly notify: NotifyLevel;
  /** The newest message when they hid it. */
  readonly hiddenSeq?: Seq;
  /** Counts the changes of all but the draft. */
  readonly version: number;
  /** What stands in the composer, empty for nothing. */
  readonly draft: string;
  /** When it last changed; 0: never. */
  readonly draftAt: EpochMs;
}

/** A member has read what was announced up to this time. */
export interface AnnouncementRead {
  readonly conversationId: ConversationId;
  readonly userId: UserId;
  readonly at: EpochMs;
}

/** What a message said before it was edited; `at` is when it began to say so. */
export interface EarlierText extends MessagePlace {
  readonly version: number;
  readonly content: Content;
  readonly at: EpochMs;
}

/** Whether a user has starred a message, from now on. */
export interface StarChange extends MarkPlace {
  readonly on: boolean;
}

/** Everything that one commit writes. */
export interface Changes {
  /** The time of this commit: `sentAt` of its messages, `at` of its entries. */
  readonly at: EpochMs;
  readonly createdConversations: readonly ConversationState[];
  /** Conversations that existed before, with their moved counters. */
  readonly movedConversations: readonly ConversationState[];
  /** New or changed. */
  readonly groups: readonly GroupState[];
  /** New or changed. */
  readonly invitations: readonly StoredInvitation[];
  /** In place of a phone number that is another's meanwhile, nothing of the change is written. */
  readonly accounts: readonly { readonly userId: UserId; readonly change: AccountChange }[];
  readonly members: readonly { readonly conversationId: ConversationId; readonly member: MemberState }[];
  readonly reads: readonly ReadPosition[];
  readonly announcementsRead: readonly AnnouncementRead[];
  readonly settings: readonly MemberSettings[];
  readonly messages: readonly StoredMessage[];
  readonly changedMessages: readonly ChangedMessage[];
  /** What messages said before this commit changed them. */
  readonly earlierTexts: readonly EarlierText[];
  /** Messages of whose earlier texts nothing stays. */
  readonly forgottenTexts: readonly MessagePlace[];
  readonly stars: readonly StarChange[];
  /** Messages that users have deleted for themselves. */
  readonly deletions: readonly MarkPlace[];
  /** In their new state. */
  readonly relationSides: readonly RelationSide[];
  readonly applications: readonly StoredApplication[];
  readonly fanOuts: readonly SequencedFanOut[];
  /** The new head of each timeline that grew. */
  readonly heads: ReadonlyMap<UserId, Seq>;
}
