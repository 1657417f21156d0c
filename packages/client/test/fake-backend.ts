import type {
  CallName,
  CallRequest,
  CallResponse,
  Content,
  ConversationId,
  Entry,
  GroupPushEvent,
  HistoryRequest,
  Message,
  SendRequest,
  SendResponse,
  Seq,
  User,
  UserId,
} from "@im-webapp/protocol";
import { ImError } from "../src/errors.ts";
import type { LinkEvents } from "../src/transport/link.ts";
import { reacted, textOf, withCall } from "./fake-changes.ts";
import type { FakeSettings } from "./fake-settings.ts";
import { FakeWorld } from "./fake-world.ts";
import { FakeWorlds } from "./fake-worlds.ts";

export type AnyRequest = CallRequest<CallName>;

/** Unnumbered entries, as the server thinks of them before a timeline takes them. */
type Happening = Entry extends infer E ? (E extends Entry ? Omit<E, "seq" | "at"> : never) : never;

/**
 * What a server does behind its connections, in memory, following the wire contract for what the library uses:
 * contiguous sequences, one message per clientMessageId, entries before pushes, large groups beside the timelines.
 */
export abstract class FakeBackend {
  epoch = "e1";
  /** Groups above this size are large. */
  fanoutMaxMembers = Infinity;
  /** Entries of a timeline at or below this are gone. */
  readonly trimmed = new Map<UserId, Seq>();
  /** Conversations per page of the list. */
  listPage = 100;
  readonly #worlds = new FakeWorlds();
  readonly #timelines = new Map<UserId, Entry[]>();
  readonly #accepted = new Map<string, SendResponse>();

  /** Sends a push to every connection of a user. */
  protected abstract push(userId: UserId, deliver: (events: LinkEvents) => void): void;

  /** Whether a user has a connection. */
  protected abstract isConnected(userId: UserId): boolean;

  /** Makes a group and tells its members. */
  group(conversationId: ConversationId, members: readonly UserId[], title: string = conversationId): void {
    this.#make(new FakeWorld(conversationId, "group", title, members));
  }

  /** Adds somebody to a group, which may make it large. */
  join(conversationId: ConversationId, userId: UserId): void {
    const world = this.#worlds.one(conversationId);
    if (world.has(userId)) return;
    world.join(userId);
    this.#membersChanged(world, [userId], [], { event: "member.added", by: "system", userIds: [userId] });
  }

  /** Lets somebody leave a group, which may make it small. */
  leave(conversationId: ConversationId, userId: UserId): void {
    const world = this.#worlds.one(conversationId);
    if (!world.has(userId)) return;
    world.leave(userId);
    this.#membersChanged(world, [], [userId], { event: "member.left", by: userId });
  }

  /** Makes messages that nobody's timeline has, as after a long absence. */
  past(conversationId: ConversationId, senderId: UserId, count: number): void {
    const world = this.#worlds.one(conversationId);
    for (let made = 0; made < count; made += 1) world.write(senderId, textOf(`past ${made}`), `p${made}`);
  }

  /** A user says something, on another device of theirs. */
  say(senderId: UserId, conversationId: ConversationId, text: string, mentions?: readonly UserId[]): Message {
    const world = this.#worlds.one(conversationId);
    const clientMessageId = `${senderId} ${conversationId} ${world.lastSeq + 1}`;
    return this.#post(world.write(senderId, textOf(text), clientMessageId, mentions));
  }

  edit(conversationId: ConversationId, seq: Seq, text: string): void {
    this.#change({ ...this.#worlds.one(conversationId).message(seq), content: textOf(text), editedAt: 2_000 });
  }

  recall(conversationId: ConversationId, seq: Seq): void {
    const message = this.#worlds.one(conversationId).message(seq);
    const content: Content = { kind: "system", event: "message.recalled", by: message.senderId };
    this.#change({ ...message, content, recalledAt: 2_000 });
  }

  react(conversationId: ConversationId, seq: Seq, userId: UserId, emoji: string, on: boolean): void {
    this.#changed(userId, conversationId, seq, (message) => reacted(message, userId, emoji, on));
  }

  /** Forgets a conversation's announcement to everybody, as a faulty server might. */
  unannounced(conversationId: ConversationId, members: readonly UserId[]): void {
    this.#worlds.set(conversationId, new FakeWorld(conversationId, "group", conversationId, members));
  }

  world(conversationId: ConversationId): FakeWorld {
    return this.#worlds.one(conversationId);
  }

  messages(conversationId: ConversationId): readonly Message[] {
    return this.#worlds.one(conversationId).messages;
  }

  readSeq(userId: UserId, conversationId: ConversationId): Seq {
    return this.#worlds.one(conversationId).reads.get(userId) ?? 0;
  }

  /** The newest `seq` of a user's timeline. */
  head(userId: UserId): Seq {
    return this.#timeline(userId).length;
  }

  protected forgetAll(): void {
    this.#worlds.clear();
    this.#timelines.clear();
    this.#accepted.clear();
  }

  /** Answers a call. `isFirst`: whether the caller's connection has not pulled before. */
  protected answer(userId: UserId, name: CallName, request: AnyRequest, isFirst: boolean): unknown {
    switch (name) {
      case "message:send":
        return this.#send(userId, request as SendRequest);
      case "message:edit":
      case "message:recall":
      case "message:react": {
        const { conversationId, seq } = request as CallRequest<"message:recall">;
        return this.#changed(userId, conversationId, seq, (message) => withCall(message, userId, name, request));
      }
      case "message:pin":
      case "message:star":
      case "message:delete":
        // Tested against the server itself.
        throw new ImError({ code: "NOT_FOUND", message: `${name} is not faked` });
      case "receipts:get": {
        const { conversationId, seq } = request as CallRequest<"receipts:get">;
        return { readers: this.#worlds.one(conversationId).readers(seq), more: false };
      }
      case "sync:pull":
        return this.#pull(userId, isFirst, request as CallRequest<"sync:pull">);
      case "sync:bootstrap":
        return this.#list(userId, request as CallRequest<"sync:bootstrap">);
      case "conversation:set": {
        const wanted = request as CallRequest<"conversation:set">;
        return this.#keep(userId, wanted.conversationId, (settings, lastSeq) => settings.set(wanted, lastSeq));
      }
      case "draft:set": {
        const draft = request as CallRequest<"draft:set">;
        return this.#keep(userId, draft.conversationId, (settings) => settings.setDraft(draft));
      }
      case "history:find": {
        const { conversationId, at } = request as CallRequest<"history:find">;
        return this.#worlds.known(userId, conversationId).firstSince(userId, at);
      }
      case "history:pull":
        return this.#worlds
          .known(userId, (request as HistoryRequest).conversationId)
          .page(userId, request as HistoryRequest);
      case "history:changes": {
        const { conversationId, after, limit } = request as CallRequest<"history:changes">;
        return this.#worlds.known(userId, conversationId).changesAfter(userId, after, limit);
      }
      case "read:mark":
        return this.#read(userId, request as CallRequest<"read:mark">);
      case "typing:set": {
        const { conversationId, typing } = request as CallRequest<"typing:set">;
        const others = this.#worlds.known(userId, conversationId).members.filter((member) => member !== userId);
        for (const other of others) {
          this.push(other, (events) => events.typing({ conversationId, userId, typing }));
        }
        return {};
      }
      case "presence:watch": {
        const { userIds } = request as CallRequest<"presence:watch">;
        return { presence: userIds.map((id) => ({ userId: id, online: this.isConnected(id) })) };
      }
      case "sync:ack":
        return {};
    }
  }

  #send(senderId: UserId, { clientMessageId, to, content }: SendRequest): SendResponse {
    const key = `${senderId} ${clientMessageId}`;
    const accepted = this.#accepted.get(key);
    if (accepted) return { ...accepted, duplicate: true };
    let conversationId = "conversationId" in to ? to.conversationId : "";
    if ("userId" in to) {
      const members = [senderId, to.userId].toSorted();
      conversationId = `d ${members.join(" ")}`;
      if (!this.#worlds.has(conversationId)) this.#make(new FakeWorld(conversationId, "direct", "", members));
    }
    const world = this.#worlds.known(senderId, conversationId);
    if (!world.has(senderId)) throw new ImError({ code: "NOT_MEMBER", message: "left" });
    const message = world.write(senderId, content as Content, clientMessageId);
    const { messageId, seq, sentAt } = message;
    const answer: SendResponse = { messageId, conversationId, seq, sentAt, duplicate: false };
    this.#accepted.set(key, answer);
    this.#post(message);
    return answer;
  }

  #pull(userId: UserId, isFirst: boolean, { cursor, limit = 50 }: CallRequest<"sync:pull">): CallResponse<"sync:pull"> {
    const timeline = this.#timeline(userId);
    if (cursor < (this.trimmed.get(userId) ?? 0) || cursor > timeline.length) {
      throw new ImError({ code: "CURSOR_EXPIRED", message: "gone" });
    }
    const entries = timeline.slice(cursor, cursor + limit).map((entry) => this.#worlds.asItIs(entry, userId));
    const reached = entries.at(-1)?.seq ?? cursor;
    const large = [...this.#worlds.values()].filter((world) => world.large && world.has(userId));
    const groups = isFirst ? large.map((world) => world.state(userId)) : [];
    const head = timeline.length;
    return { entries, cursor: reached, head, more: reached < head, ...(groups.length > 0 && { groups }) };
  }

  #list(userId: UserId, { page = "0" }: CallRequest<"sync:bootstrap">): CallResponse<"sync:bootstrap"> {
    const [start, cursor = this.#timeline(userId).length] = page.split("/").map(Number);
    const all = [...this.#worlds.values()].filter((world) => world.knows(userId));
    const end = (start ?? 0) + this.listPage;
    const conversations = all.slice(start, end).map((world) => world.view(userId));
    const more = end < all.length;
    return { cursor, conversations, more, ...(more && { page: `${end}/${cursor}` }) };
  }

  #read(userId: UserId, { conversationId, seq }: CallRequest<"read:mark">): CallResponse<"read:mark"> {
    const world = this.#worlds.known(userId, conversationId);
    const { lastSeq } = world.view(userId);
    const held = world.reads.get(userId) ?? 0;
    const readSeq = Math.max(held, Math.min(seq, lastSeq));
    const unread = lastSeq - readSeq;
    const { markedUnread } = world.settings(userId);
    world.read(userId, readSeq);
    if (readSeq === held) {
      if (markedUnread) this.#announce(world, [userId]);
      return { readSeq, unread };
    }
    this.#tell([userId], { type: "read", conversationId, readSeq, unread });
    if (!world.has(userId)) return { readSeq, unread };
    this.#tell(
      world.members.filter((member) => member !== userId),
      { type: "receipt", conversationId, userId, readSeq },
    );
    return { readSeq, unread };
  }

  /** Tells a user of somebody's changed profile. */
  changeProfile(userId: UserId, user: User): void {
    this.#tell([userId], { type: "user", user });
  }

  /** Changes how a user keeps a conversation, and tells their devices when that changes anything. */
  #keep<R>(userId: UserId, conversationId: ConversationId, change: (settings: FakeSettings, lastSeq: Seq) => R): R {
    const world = this.#worlds.known(userId, conversationId);
    const settings = world.settings(userId);
    const { version, draftAt } = settings;
    const answer = change(settings, world.view(userId).lastSeq);
    if (settings.version !== version || settings.draftAt !== draftAt) this.#announce(world, [userId]);
    return answer;
  }

  #make(world: FakeWorld): void {
    this.#worlds.set(world.id, world);
    world.large = world.type === "group" && world.members.length > this.fanoutMaxMembers;
    this.#announce(world, world.members);
  }

  #announce(world: FakeWorld, userIds: readonly UserId[]): void {
    for (const userId of userIds) this.#tell([userId], { type: "conversation", conversation: world.view(userId) });
  }

  #membersChanged(
    world: FakeWorld,
    joined: readonly UserId[],
    left: readonly UserId[],
    what: { event: "member.added"; by: UserId; userIds: UserId[] } | { event: "member.left"; by: UserId },
  ): void {
    const wasLarge = world.large;
    world.large = world.members.length > this.fanoutMaxMembers;
    // The commit is one: the views are those after it.
    const message = world.write("system", { kind: "system", ...what }, `${world.id} ${world.lastSeq}`);
    this.#announce(world, [...(world.large && wasLarge ? joined : world.members), ...left]);
    this.#post(message, left);
  }

  /** Gives a message that has been written to those who should have it. */
  #post(message: Message, alsoTo: readonly UserId[] = []): Message {
    const world = this.#worlds.one(message.conversationId);
    const named = (message.mentions ?? []) as readonly UserId[];
    const recipients = world.large ? named.filter((userId) => world.has(userId)) : world.members;
    this.#tell([...recipients, ...alsoTo], { type: "message", message });
    if (world.large) this.#pushGroup(world, { messages: [message], changes: [] });
    return message;
  }

  /** Carries out what a user may do with a message; what changes nothing leaves its version. */
  #changed(
    userId: UserId,
    conversationId: ConversationId,
    seq: Seq,
    change: (message: Message) => Message,
  ): { version: number } {
    const world = this.#worlds.known(userId, conversationId);
    if (!world.has(userId)) throw new ImError({ code: "NOT_MEMBER", message: "left" });
    const message = this.#visible(userId, conversationId, seq);
    const next = change(message);
    return next === message ? { version: message.version } : this.#change(next);
  }

  #change(message: Message): { version: number } {
    const world = this.#worlds.one(message.conversationId);
    const changed = world.change(message);
    if (world.large) {
      this.#pushGroup(world, { messages: [], changes: [changed] });
    } else {
      const recipients = world.members.filter((userId) => world.visible(userId, message.seq));
      this.#tell(recipients, { type: "message:update", message: changed });
    }
    return { version: changed.version };
  }

  #pushGroup(world: FakeWorld, news: Pick<GroupPushEvent, "messages" | "changes">): void {
    const { id: conversationId, lastSeq, changeSeq } = world;
    for (const userId of world.members) {
      const visible = ({ seq }: Message): boolean => seq > world.fromSeq(userId);
      const [messages, changes] = [news.messages.filter(visible), news.changes.filter(visible)];
      if (messages.length + changes.length === 0) continue;
      this.push(userId, (events) => events.groupPush({ conversationId, messages, changes, lastSeq, changeSeq }));
    }
  }

  #tell(members: readonly UserId[], happening: Happening): void {
    for (const member of members) {
      const timeline = this.#timeline(member);
      const entry: Entry = { ...happening, seq: timeline.length + 1, at: 1_000 };
      timeline.push(entry);
      this.push(member, (events) => events.push({ entries: [entry] }));
    }
  }

  #visible(userId: UserId, conversationId: ConversationId, seq: Seq): Message {
    const world = this.#worlds.known(userId, conversationId);
    if (!world.visible(userId, seq)) throw new ImError({ code: "NOT_FOUND", message: `No message ${seq}` });
    return world.message(seq);
  }

  #timeline(userId: UserId): Entry[] {
    const timeline = this.#timelines.get(userId) ?? [];
    this.#timelines.set(userId, timeline);
    return timeline;
  }
}
