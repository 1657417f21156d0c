import type { Content, ConversationId, EpochMs, GroupId, Message, Seq, UserId } from "@im-webapp/protocol";
import { isVisible, visibleSpans } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { messageIdOf } from "../shared/ids.ts";
import type {
  AccountChange,
  AnnouncementRead,
  ChangedMessage,
  ConversationState,
  EarlierText,
  EntryDraft,
  FanOut,
  GroupState,
  MarkPlace,
  MemberSettings,
  MemberState,
  MessagePlace,
  ReadPosition,
  StoredInvitation,
  StarChange,
  StoredMessage,
} from "./model.ts";
import { type Facts, markKey } from "./facts.ts";
import type { Membership } from "./membership.ts";
import { RelationStage } from "./relations.ts";
import type { StageBase } from "./stage-base.ts";

/** A message before its place is known. */
export interface NewMessage {
  readonly conversationId: ConversationId;
  readonly senderId: UserId;
  readonly clientMessageId: string;
  readonly content: Content;
  readonly replyTo?: Seq;
  readonly mentions?: Message["mentions"];
  /** Get the message besides the members at present, such as one who was just removed. */
  readonly alsoTo?: readonly UserId[];
}

/** What a large group's members online are told of, and where the conversation stands after it. */
interface LargeGroupNews {
  readonly messages: Message[];
  readonly changes: Message[];
  readonly lastSeq: Seq;
  readonly changeSeq: Seq;
}

/**
 * What one command would change, kept apart until the command is known to succeed: reads see the locked rows with this
 * command's and earlier commands' changes on top. Purely in memory.
 */
export class Stage implements StageBase {
  readonly at: EpochMs;
  readonly facts: Facts;
  readonly fanoutMaxMembers: number;
  readonly #base: StageBase;
  readonly #conversations = new Map<ConversationId, ConversationState>();
  readonly #memberships = new Map<ConversationId, Membership>();
  readonly #reads = new Map<string, ReadPosition>();
  readonly #settings = new Map<string, MemberSettings>();
  readonly created = new Set<ConversationId>();
  readonly groups = new Map<GroupId, GroupState>();
  readonly invitations = new Map<string, StoredInvitation>();
  readonly announcementsRead: AnnouncementRead[] = [];
  readonly accounts: { userId: UserId; change: AccountChange }[] = [];
  readonly members = new Map<string, { conversationId: ConversationId; member: MemberState }>();
  readonly messages = new Map<string, StoredMessage>();
  readonly changedMessages = new Map<string, ChangedMessage>();
  readonly largeGroupNews = new Map<ConversationId, LargeGroupNews>();
  readonly earlierTexts: EarlierText[] = [];
  readonly forgottenTexts: MessagePlace[] = [];
  readonly stars = new Map<string, StarChange>();
  readonly deletions = new Map<string, MarkPlace>();
  readonly relations: RelationStage;
  readonly fanOuts: FanOut[] = [];
  #entryCount = 0;

  constructor(base: StageBase) {
    this.#base = base;
    this.at = base.at;
    this.facts = base.facts;
    this.fanoutMaxMembers = base.fanoutMaxMembers;
    this.relations = new RelationStage(base.relations);
  }

  conversation(id: ConversationId): ConversationState | undefined {
    return this.#conversations.get(id) ?? this.#base.conversation(id);
  }

  membership(id: ConversationId): Membership {
    return this.#memberships.get(id) ?? this.#base.membership(id);
  }

  group(id: GroupId): GroupState | undefined {
    return this.groups.get(id) ?? this.#base.group(id);
  }

  /** @throws {ImError} `NOT_FOUND` when there is no such group */
  requireGroup(id: GroupId): GroupState {
    const group = this.group(id);
    if (!group) throw new ImError("NOT_FOUND", "there is no such group");
    return group;
  }

  position(conversationId: ConversationId, userId: UserId): ReadPosition | undefined {
    return this.#reads.get(memberKey(conversationId, userId)) ?? this.#base.position(conversationId, userId);
  }

  settings(conversationId: ConversationId, userId: UserId): MemberSettings | undefined {
    return this.#settings.get(memberKey(conversationId, userId)) ?? this.#base.settings(conversationId, userId);
  }

  userExists(userId: UserId): boolean {
    return this.#base.userExists(userId);
  }

  message(place: MessagePlace): Message | undefined {
    const key = placeKey(place);
    return this.changedMessages.get(key)?.message ?? this.messages.get(key)?.message ?? this.#base.message(place);
  }

  /** A user's display name; only of those whom the command has asked for. */
  userName(userId: UserId): string {
    return this.facts.userNames.get(userId) ?? "";
  }

  /** A group's name; only of those that the command has asked for. */
  groupName(groupId: GroupId): string {
    return this.facts.groupNames.get(groupId) ?? "";
  }

  /** @throws {ImError} `NOT_FOUND` naming those who do not exist */
  requireUsers(userIds: readonly UserId[]): void {
    const missing = userIds.filter((userId) => !this.userExists(userId));
    if (missing.length > 0) throw new ImError("NOT_FOUND", "there is no such user", { details: { userIds: missing } });
  }

  /** Conversations that changed or were made here, newest state. */
  get touched(): Iterable<ConversationState> {
    return this.#conversations.values();
  }

  get reads(): Iterable<ReadPosition> {
    return this.#reads.values();
  }

  get changedSettings(): Iterable<MemberSettings> {
    return this.#settings.values();
  }

  createConversation(conversation: ConversationState, members: readonly MemberState[]): void {
    this.created.add(conversation.conversationId);
    this.#conversations.set(conversation.conversationId, conversation);
    this.putMembers(conversation.conversationId, members);
  }

  /** Makes or replaces the group of a conversation that is locked or was created; makes a cached one stale. */
  saveGroup(group: GroupState): void {
    const conversation = this.#require(group.conversationId);
    this.#conversations.set(group.conversationId, { ...conversation, groupVersion: conversation.groupVersion + 1 });
    this.groups.set(group.groupId, group);
  }

  invitation(token: string): StoredInvitation | undefined {
    return this.invitations.get(token) ?? this.#base.invitation(token);
  }

  saveInvitation(invitation: StoredInvitation): void {
    this.invitations.set(invitation.token, invitation);
  }

  changeAccount(userId: UserId, change: AccountChange): void {
    this.accounts.push({ userId, change });
  }

  /** Adds or replaces members; counts them and makes cached lists stale. */
  putMembers(conversationId: ConversationId, changed: readonly MemberState[]): void {
    const conversation = this.#require(conversationId);
    const memberVersion = conversation.memberVersion + 1;
    const membership = this.membership(conversationId).with(memberVersion, changed);
    this.#memberships.set(conversationId, membership);
    const memberCount = membership.activeIds.length;
    const large = conversation.type === "group" && memberCount > this.fanoutMaxMembers;
    this.#conversations.set(conversationId, { ...conversation, memberVersion, memberCount, large });
    for (const member of changed) {
      this.members.set(memberKey(conversationId, member.userId), { conversationId, member });
    }
  }

  /** Gives the message the next place of its conversation and an entry to each member; the sender has read it. */
  post(draft: NewMessage): Message {
    const conversation = this.#require(draft.conversationId);
    const membership = this.membership(draft.conversationId);
    const seq = conversation.lastSeq + 1;
    const moved = { ...conversation, lastSeq: seq };
    this.#conversations.set(draft.conversationId, moved);
    const message: Message = {
      messageId: messageIdOf(draft.conversationId, seq),
      conversationId: draft.conversationId,
      seq,
      senderId: draft.senderId,
      sentAt: this.at,
      content: draft.content,
      version: 1,
      clientMessageId: draft.clientMessageId,
      ...(draft.replyTo !== undefined && { replyTo: draft.replyTo }),
      ...(draft.mentions !== undefined && { mentions: draft.mentions }),
    };
    const sender = membership.get(draft.senderId);
    this.messages.set(placeKey(message), {
      message,
      ...(conversation.type === "group"
        ? { groupId: conversation.groupId }
        : { receiverId: sender?.peerId ?? membership.activeIds[0] ?? draft.senderId }),
    });
    if (conversation.large) this.#tellLargeGroup(moved, { messages: [message], changes: [] });
    const recipients = conversation.large ? mentionedMembers(message, membership) : membership.activeIds;
    this.fanOut({ type: "message", message }, draft.alsoTo ? [...recipients, ...draft.alsoTo] : recipients);
    if (sender) this.moveRead({ conversationId: draft.conversationId, userId: draft.senderId, readSeq: seq });
    return message;
  }

  /**
   * Puts a message's new state in its place: one version higher, one more change of its conversation, and an update to
   * each member who may see it.
   */
  change(message: Message): Message {
    const conversation = this.#require(message.conversationId);
    const changeSeq = conversation.changeSeq + 1;
    const moved = { ...conversation, changeSeq };
    this.#conversations.set(message.conversationId, moved);
    const changed = { ...message, version: message.version + 1 };
    this.changedMessages.set(placeKey(changed), { message: changed, changeSeq });
    if (conversation.large) {
      this.#tellLargeGroup(moved, { messages: [], changes: [changed] });
      return changed;
    }
    const membership = this.membership(message.conversationId);
    const recipients = membership.activeIds.filter((userId) => {
      const member = membership.get(userId);
      return member !== undefined && isVisible(visibleSpans({ conversation, member }), message.seq);
    });
    this.fanOut({ type: "message:update", message: changed }, recipients);
    return changed;
  }

  /** A member has read what was announced up to `at`; no position of messages moves. */
  readAnnouncement(read: AnnouncementRead): void {
    this.announcementsRead.push(read);
  }

  /** Keeps what a message says, before it says something else. */
  keepText({ conversationId, seq, version, content, editedAt, sentAt }: Message): void {
    this.earlierTexts.push({ conversationId, seq, version, content, at: editedAt ?? sentAt });
  }

  /** Nothing of what a message said before is kept. */
  forgetTexts({ conversationId, seq }: MessagePlace): void {
    this.forgottenTexts.push({ conversationId, seq });
  }

  /** Puts the conversation's pins in place of those before. */
  savePins(conversationId: ConversationId, pins: NonNullable<ConversationState["pins"]>): void {
    this.#conversations.set(conversationId, { ...this.#require(conversationId), pins });
  }

  saveStar(change: StarChange): void {
    this.stars.set(markKey(change), change);
  }

  isStarred(place: MarkPlace): boolean {
    return this.stars.get(markKey(place))?.on ?? this.#base.isStarred(place);
  }

  isDeleted(place: MarkPlace): boolean {
    return this.deletions.has(markKey(place)) || this.#base.isDeleted(place);
  }

  saveDeletion(place: MarkPlace): void {
    this.deletions.set(markKey(place), place);
  }

  moveRead(position: ReadPosition): void {
    this.#reads.set(memberKey(position.conversationId, position.userId), position);
  }

  saveSettings(settings: MemberSettings): void {
    this.#settings.set(memberKey(settings.conversationId, settings.userId), settings);
  }

  /** An entry for each of the users. */
  fanOut(draft: EntryDraft, userIds: readonly UserId[]): void {
    // One for nobody, as of a large group's message, must not travel to the other nodes.
    if (userIds.length === 0) return;
    this.fanOuts.push({ draft, userIds });
    this.#entryCount += userIds.length;
  }

  /** Timeline rows that this stage will write. */
  get entryCount(): number {
    return this.#entryCount;
  }

  #tellLargeGroup(
    { conversationId, lastSeq, changeSeq }: Pick<ConversationState, "conversationId" | "lastSeq" | "changeSeq">,
    news: Pick<LargeGroupNews, "messages" | "changes">,
  ): void {
    const earlier = this.largeGroupNews.get(conversationId);
    this.largeGroupNews.set(conversationId, {
      messages: [...(earlier?.messages ?? []), ...news.messages],
      changes: [...(earlier?.changes ?? []), ...news.changes],
      lastSeq,
      changeSeq,
    });
  }

  #require(id: ConversationId): ConversationState {
    const conversation = this.conversation(id);
    if (!conversation) throw new Error(`conversation ${id} is neither locked nor created`);
    return conversation;
  }

  /** Takes over what a stage upon this one has changed. */
  merge(upper: Stage): void {
    for (const conversation of upper.#conversations.values()) {
      this.#conversations.set(conversation.conversationId, conversation);
    }
    for (const [id, membership] of upper.#memberships) this.#memberships.set(id, membership);
    for (const [key, position] of upper.#reads) this.#reads.set(key, position);
    for (const [key, settings] of upper.#settings) this.#settings.set(key, settings);
    for (const id of upper.created) this.created.add(id);
    for (const [key, member] of upper.members) this.members.set(key, member);
    for (const [id, group] of upper.groups) this.groups.set(id, group);
    for (const [token, invitation] of upper.invitations) this.invitations.set(token, invitation);
    this.announcementsRead.push(...upper.announcementsRead);
    this.accounts.push(...upper.accounts);
    for (const [key, message] of upper.messages) this.messages.set(key, message);
    for (const [key, changed] of upper.changedMessages) this.changedMessages.set(key, changed);
    this.relations.merge(upper.relations);
    for (const [conversationId, news] of upper.largeGroupNews) {
      this.#tellLargeGroup({ conversationId, ...news }, news);
    }
    this.earlierTexts.push(...upper.earlierTexts);
    this.forgottenTexts.push(...upper.forgottenTexts);
    for (const [key, change] of upper.stars) this.stars.set(key, change);
    for (const [key, place] of upper.deletions) this.deletions.set(key, place);
    this.fanOuts.push(...upper.fanOuts);
    this.#entryCount += upper.#entryCount;
  }
}

function placeKey({ conversationId, seq }: MessagePlace): string {
  return `${conversationId}\n${seq}`;
}

/** Those whom a message of a large group names: for them alone it is an entry of their own timeline. */
function mentionedMembers({ mentions }: Message, membership: Membership): readonly UserId[] {
  if (mentions === undefined || mentions === "all") return [];
  return mentions.filter((userId) => {
    const member = membership.get(userId);
    return member !== undefined && member.leftSeq === undefined;
  });
}

function memberKey(conversationId: ConversationId, userId: UserId): string {
  return `${conversationId}\n${userId}`;
}
