import type {
  CallName,
  CallRequest,
  CallResponse,
  Conversation,
  ConversationId,
  Entry,
  HistoryRequest,
  HistoryResponse,
  Message,
  SendRequest,
  SendResponse,
  Seq,
  UserId,
} from "@im-webapp/protocol";
import { ImError, unavailable } from "../src/errors.ts";
import type { Call, Dial, Link, LinkEvents } from "../src/transport/link.ts";

interface World {
  readonly type: "direct" | "group";
  readonly members: readonly UserId[];
  readonly title: string;
  readonly messages: Message[];
  readonly reads: Map<UserId, Seq>;
}

interface Connected {
  readonly userId: UserId;
  readonly events: LinkEvents;
}

type AnyRequest = CallRequest<CallName>;

/** Unnumbered entries, as the server thinks of them before a timeline takes them. */
type Happening = Entry extends infer E ? (E extends Entry ? Omit<E, "seq" | "at"> : never) : never;

/**
 * A double of the network and the server behind it, in memory, following the wire contract for what the library uses:
 * contiguous sequences, one message per clientMessageId, entries before pushes. A token is the user's id. Tests bend it:
 * `pushing` loses pushes, `before` refuses, delays or hides answers, `disconnect` cuts.
 */
export class FakeServer {
  epoch = "e1";
  /** Whether pushes arrive. */
  pushing = true;
  /** Whether dialling succeeds. */
  reachable = true;
  /** Runs before a call takes effect; throws to refuse it. */
  before: (name: CallName, request: AnyRequest) => void | Promise<void> = () => undefined;
  /** Runs when a call has taken effect and before its answer; throws to lose the answer. */
  after: (name: CallName, request: AnyRequest) => void | Promise<void> = () => undefined;
  /** Every call that arrived, in order. */
  readonly calls: { name: CallName; request: AnyRequest }[] = [];
  /** Entries of a timeline at or below this are gone. */
  readonly trimmed = new Map<UserId, Seq>();
  /** Conversations per page of the list. */
  listPage = 100;
  readonly #worlds = new Map<ConversationId, World>();
  readonly #timelines = new Map<UserId, Entry[]>();
  readonly #accepted = new Map<string, SendResponse>();
  readonly #connected = new Set<Connected>();

  readonly dial: Dial = (userId, events): Link => {
    const connected: Connected = { userId, events };
    let open = true;
    queueMicrotask(() => {
      if (!open) return;
      if (!this.reachable) {
        open = false;
        events.closed(unavailable("network", "refused"));
        return;
      }
      this.#connected.add(connected);
      events.ready({
        userId,
        deviceId: "d",
        serverTime: 1_000,
        epoch: this.epoch,
        head: this.#timeline(userId).length,
        protocol: 1,
        limits: { maxTextLength: 8_000, maxBatch: 500, maxPacketBytes: 1_048_576, receiptMembers: 50 },
      });
    });
    const call: Call = async (name, request) => {
      this.calls.push({ name, request });
      await Promise.resolve();
      await this.before(name, request);
      if (!this.#connected.has(connected)) throw unavailable("network", "lost");
      const answer = this.#answer(userId, name, request);
      await this.after(name, request);
      if (!this.#connected.has(connected)) throw unavailable("network", "lost");
      return answer as CallResponse<typeof name>;
    };
    return {
      call,
      close: () => {
        open = false;
        this.#connected.delete(connected);
      },
    };
  };

  /** Cuts every connection. */
  disconnect(): void {
    const cut = [...this.#connected];
    this.#connected.clear();
    for (const { events } of cut) events.closed(unavailable("network", "cut"));
  }

  /** Ends a user's session. */
  revoke(userId: UserId): void {
    for (const { userId: other, events } of this.#connected)
      if (other === userId) events.revoked({ reason: "revoked" });
  }

  /** How often a call has arrived. */
  count(name: CallName): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  /** Makes a group and tells its members. */
  group(conversationId: ConversationId, members: readonly UserId[], title: string = conversationId): void {
    this.#make(conversationId, { type: "group", members, title, messages: [], reads: new Map() });
  }

  /** Makes messages that nobody's timeline has, as after a long absence. */
  past(conversationId: ConversationId, senderId: UserId, count: number): void {
    const world = this.#world(conversationId);
    for (let made = 0; made < count; made += 1)
      this.#write(conversationId, world, senderId, `past ${made}`, `p${made}`);
  }

  /** A user says something, on another device of theirs. */
  say(senderId: UserId, conversationId: ConversationId, text: string): Message {
    const world = this.#world(conversationId);
    const message = this.#write(conversationId, world, senderId, text, `${senderId} says ${text}`);
    this.#tell(world.members, { type: "message", message });
    return message;
  }

  edit(conversationId: ConversationId, seq: Seq, text: string): void {
    const world = this.#world(conversationId);
    const held = world.messages[seq - 1];
    if (!held) throw new Error(`No message ${seq}`);
    const message: Message = { ...held, version: held.version + 1, content: { kind: "text", text } };
    world.messages[seq - 1] = message;
    this.#tell(world.members, { type: "message:update", message });
  }

  /** Forgets a conversation's announcement to everybody, as a faulty server might. */
  unannounced(conversationId: ConversationId, members: readonly UserId[]): void {
    this.#worlds.set(conversationId, { type: "group", members, title: conversationId, messages: [], reads: new Map() });
  }

  messages(conversationId: ConversationId): readonly Message[] {
    return this.#world(conversationId).messages;
  }

  readSeq(userId: UserId, conversationId: ConversationId): Seq {
    return this.#world(conversationId).reads.get(userId) ?? 0;
  }

  /** The life of the database ends; the next begins with nothing. */
  restoreEmpty(epoch: string): void {
    this.epoch = epoch;
    this.#worlds.clear();
    this.#timelines.clear();
    this.#accepted.clear();
    this.disconnect();
  }

  #answer(userId: UserId, name: CallName, request: AnyRequest): unknown {
    switch (name) {
      case "message:send":
        return this.#send(userId, request as SendRequest);
      case "sync:pull":
        return this.#pull(userId, request as CallRequest<"sync:pull">);
      case "sync:bootstrap":
        return this.#list(userId, request as CallRequest<"sync:bootstrap">);
      case "history:pull":
        return this.#history(userId, request as HistoryRequest);
      case "read:mark":
        return this.#read(userId, request as CallRequest<"read:mark">);
      case "sync:ack":
        return {};
      default:
        throw new ImError({ code: "BAD_REQUEST", message: name });
    }
  }

  #send(senderId: UserId, { clientMessageId, to, content }: SendRequest): SendResponse {
    const key = `${senderId} ${clientMessageId}`;
    const accepted = this.#accepted.get(key);
    if (accepted) return { ...accepted, duplicate: true };
    let conversationId = "conversationId" in to ? to.conversationId : "";
    if ("userId" in to) {
      conversationId = `d ${[senderId, to.userId].toSorted().join(" ")}`;
      if (!this.#worlds.has(conversationId)) {
        const members = [senderId, to.userId];
        this.#make(conversationId, { type: "direct", members, title: "", messages: [], reads: new Map() });
      }
    }
    const world = this.#world(conversationId);
    const text = content.kind === "text" ? content.text : "";
    const message = this.#write(conversationId, world, senderId, text, clientMessageId);
    const { messageId, seq, sentAt } = message;
    const answer: SendResponse = { messageId, conversationId, seq, sentAt, duplicate: false };
    this.#accepted.set(key, answer);
    this.#tell(world.members, { type: "message", message });
    return answer;
  }

  #pull(userId: UserId, { cursor, limit = 50 }: CallRequest<"sync:pull">): CallResponse<"sync:pull"> {
    const timeline = this.#timeline(userId);
    if (cursor < (this.trimmed.get(userId) ?? 0) || cursor > timeline.length) {
      throw new ImError({ code: "CURSOR_EXPIRED", message: "gone" });
    }
    const entries = timeline.slice(cursor, cursor + limit).map((entry) => this.#asItIs(entry));
    const reached = entries.at(-1)?.seq ?? cursor;
    return { entries, cursor: reached, head: timeline.length, more: reached < timeline.length };
  }

  #list(userId: UserId, { page = "0" }: CallRequest<"sync:bootstrap">): CallResponse<"sync:bootstrap"> {
    const [start, cursor = this.#timeline(userId).length] = page.split("/").map(Number);
    const all = [...this.#worlds].filter(([, { members }]) => members.includes(userId));
    const end = (start ?? 0) + this.listPage;
    const conversations = all.slice(start, end).map(([id, world]) => view(id, world, userId));
    const more = end < all.length;
    return { cursor, conversations, more, ...(more && { page: `${end}/${cursor}` }) };
  }

  #history(userId: UserId, { conversationId, before, limit = 50 }: HistoryRequest): HistoryResponse {
    const world = this.#worlds.get(conversationId);
    if (!world?.members.includes(userId)) throw new ImError({ code: "NOT_FOUND", message: "unknown" });
    const below = world.messages.filter(({ seq }) => seq < (before ?? Infinity));
    const messages = below.slice(-limit);
    return { messages, more: { before: messages.length < below.length, after: false } };
  }

  #read(userId: UserId, { conversationId, seq }: CallRequest<"read:mark">): CallResponse<"read:mark"> {
    const world = this.#world(conversationId);
    const readSeq = Math.max(world.reads.get(userId) ?? 0, Math.min(seq, world.messages.length));
    const unread = world.messages.length - readSeq;
    world.reads.set(userId, readSeq);
    this.#tell([userId], { type: "read", conversationId, readSeq, unread });
    this.#tell(
      world.members.filter((member) => member !== userId),
      { type: "receipt", conversationId, userId, readSeq },
    );
    return { readSeq, unread };
  }

  #make(conversationId: ConversationId, world: World): void {
    this.#worlds.set(conversationId, world);
    for (const member of world.members) {
      this.#tell([member], { type: "conversation", conversation: view(conversationId, world, member) });
    }
  }

  #write(id: ConversationId, world: World, senderId: UserId, text: string, clientMessageId: string): Message {
    const seq = world.messages.length + 1;
    const message: Message = {
      messageId: `${id}#${seq}`,
      conversationId: id,
      seq,
      senderId,
      sentAt: 1_000 + seq,
      content: { kind: "text", text },
      version: 1,
      clientMessageId,
    };
    world.messages.push(message);
    world.reads.set(senderId, seq);
    return message;
  }

  #tell(members: readonly UserId[], happening: Happening): void {
    for (const member of members) {
      const timeline = this.#timeline(member);
      const entry: Entry = { ...happening, seq: timeline.length + 1, at: 1_000 };
      timeline.push(entry);
      if (!this.pushing) continue;
      for (const { userId, events } of this.#connected) if (userId === member) events.push({ entries: [entry] });
    }
  }

  #asItIs(entry: Entry): Entry {
    if (entry.type !== "message" && entry.type !== "message:update") return entry;
    const message = this.#worlds.get(entry.message.conversationId)?.messages[entry.message.seq - 1];
    return message ? { ...entry, message } : entry;
  }

  #world(conversationId: ConversationId): World {
    const world = this.#worlds.get(conversationId);
    if (!world) throw new ImError({ code: "NOT_FOUND", message: `No conversation ${conversationId}` });
    return world;
  }

  #timeline(userId: UserId): Entry[] {
    const timeline = this.#timelines.get(userId) ?? [];
    this.#timelines.set(userId, timeline);
    return timeline;
  }
}

function view(conversationId: ConversationId, world: World, userId: UserId): Conversation {
  const { type, members, title, messages, reads } = world;
  const lastSeq = messages.length;
  const readSeq = reads.get(userId) ?? 0;
  const peerId = members.find((member) => member !== userId);
  const lastMessage = messages.at(-1);
  return {
    conversationId,
    type,
    ...(type === "direct" ? { ...(peerId !== undefined && { peerId }) } : { title, memberCount: members.length }),
    lastSeq,
    ...(lastMessage && { lastMessage }),
    changeSeq: 0,
    readSeq,
    unread: lastSeq - readSeq,
    pinned: false,
    muted: false,
    hidden: false,
  };
}
