import type {
  CallResponse,
  Content,
  Conversation,
  ConversationId,
  EpochMs,
  HistoryRequest,
  HistoryResponse,
  LargeGroupState,
  Message,
  Seq,
  UserId,
} from "@im-webapp/protocol";
import { FakeSettings } from "./fake-settings.ts";

/** A stay in a conversation: messages above `from`, and once it has ended up to `to`. */
interface Stay {
  readonly from: Seq;
  readonly to?: Seq;
}

/** One conversation as a server keeps it: who may read what of it, its messages, and their changes in order. */
export class FakeWorld {
  readonly id: ConversationId;
  readonly type: "direct" | "group";
  readonly title: string;
  readonly messages: Message[] = [];
  readonly reads = new Map<UserId, Seq>();
  changeSeq: Seq = 0;
  /** Set by the server, which knows where the threshold lies. */
  large = false;
  /** Of each message that has changed, the place of its last change. */
  readonly #changes = new Map<Seq, Seq>();
  readonly #stays = new Map<UserId, Stay[]>();
  readonly #settings = new Map<UserId, FakeSettings>();

  constructor(id: ConversationId, type: "direct" | "group", title: string, members: readonly UserId[]) {
    this.id = id;
    this.type = type;
    this.title = title;
    for (const userId of members) this.#stays.set(userId, [{ from: 0 }]);
  }

  get lastSeq(): Seq {
    return this.messages.length;
  }

  /** Members at present. */
  get members(): UserId[] {
    return [...this.#stays].filter(([, stays]) => stays.at(-1)?.to === undefined).map(([userId]) => userId);
  }

  has(userId: UserId): boolean {
    return this.#stays.get(userId)?.at(-1)?.to === undefined && this.#stays.has(userId);
  }

  /** Whoever is or was a member. */
  knows(userId: UserId): boolean {
    return this.#stays.has(userId);
  }

  /** The present stay's beginning. */
  fromSeq(userId: UserId): Seq {
    return this.#stays.get(userId)?.at(-1)?.from ?? Infinity;
  }

  join(userId: UserId): void {
    this.#stays.set(userId, [...(this.#stays.get(userId) ?? []), { from: this.lastSeq }]);
    this.reads.set(userId, this.lastSeq);
  }

  /** The message that tells of the leaving is the last one that may be read. */
  leave(userId: UserId): void {
    const stays = this.#stays.get(userId) ?? [];
    this.#stays.set(userId, [...stays.slice(0, -1), { from: stays.at(-1)?.from ?? 0, to: this.lastSeq + 1 }]);
  }

  visible(userId: UserId, seq: Seq): boolean {
    return (this.#stays.get(userId) ?? []).some(({ from, to = Infinity }) => seq > from && seq <= to);
  }

  write(senderId: UserId, content: Content, clientMessageId: string, mentions?: readonly UserId[]): Message {
    const seq = this.lastSeq + 1;
    const message: Message = {
      messageId: `${this.id}#${seq}`,
      conversationId: this.id,
      seq,
      senderId,
      sentAt: 1_000 + seq,
      content,
      version: 1,
      clientMessageId,
      ...(mentions && { mentions: [...mentions] }),
    };
    this.messages.push(message);
    if (this.has(senderId)) this.read(senderId, seq);
    return message;
  }

  message(seq: Seq): Message {
    const message = this.messages[seq - 1];
    if (!message) throw new Error(`No message ${seq} in ${this.id}`);
    return message;
  }

  /** Puts a message's new state, one version higher. */
  change(message: Message): Message {
    const changed = { ...message, version: message.version + 1 };
    this.messages[message.seq - 1] = changed;
    this.changeSeq += 1;
    this.#changes.set(message.seq, this.changeSeq);
    return changed;
  }

  /** `history:changes`: changes of messages that the user may not see are counted and not given. */
  changesAfter(userId: UserId, after: Seq, limit = 50): CallResponse<"history:changes"> {
    const found = [...this.#changes].filter(([, change]) => change > after).toSorted(([, a], [, b]) => a - b);
    const page = found.slice(0, limit);
    const more = page.length < found.length;
    return {
      messages: page.filter(([seq]) => this.visible(userId, seq)).map(([seq]) => this.message(seq)),
      changeSeq: more ? (page.at(-1)?.[1] ?? after) : Math.max(after, this.changeSeq),
      more,
    };
  }

  /** `history:pull` */
  page(userId: UserId, { before, after, around, limit = 50 }: HistoryRequest): HistoryResponse {
    const visible = this.messages.filter(({ seq }) => this.visible(userId, seq));
    const earlier = visible.filter(({ seq }) => seq < (before ?? Infinity) && seq <= (around ?? Infinity));
    const later = visible.filter(({ seq }) => seq > (after ?? around ?? Infinity));
    const half = later.slice(0, around === undefined ? limit : Math.floor(limit / 2));
    const messages = after === undefined ? [...earlier.slice(half.length - limit), ...half] : half;
    const first = messages[0]?.seq ?? before ?? around ?? (after ?? 0) + 1;
    const last = messages.at(-1)?.seq ?? (before === undefined ? (after ?? around ?? 0) : before - 1);
    return {
      messages,
      more: { before: visible.some(({ seq }) => seq < first), after: visible.some(({ seq }) => seq > last) },
    };
  }

  /** `history:find` */
  firstSince(userId: UserId, at: EpochMs): CallResponse<"history:find"> {
    const found = this.messages.find(({ seq, sentAt }) => sentAt >= at && this.visible(userId, seq));
    return found ? { seq: found.seq } : {};
  }

  /** Those who have read this far. */
  readers(seq: Seq): UserId[] {
    return [...this.reads].filter(([, readSeq]) => readSeq >= seq).map(([reader]) => reader);
  }

  /** How a user keeps it. */
  settings(userId: UserId): FakeSettings {
    const settings = this.#settings.get(userId) ?? new FakeSettings();
    this.#settings.set(userId, settings);
    return settings;
  }

  /** Moves a reading on, which takes the mark of being unread away. */
  read(userId: UserId, seq: Seq): void {
    this.reads.set(userId, seq);
    this.settings(userId).markedUnread = false;
  }

  state(userId: UserId): LargeGroupState {
    const { lastSeq, changeSeq } = this;
    return { conversationId: this.id, lastSeq, changeSeq, readSeq: this.reads.get(userId) ?? 0 };
  }

  view(userId: UserId): Conversation {
    const left = this.#stays.get(userId)?.at(-1)?.to;
    const lastSeq = left ?? this.lastSeq;
    const readSeq = this.reads.get(userId) ?? 0;
    const peerId = this.members.find((member) => member !== userId);
    const lastMessage = this.visible(userId, lastSeq) ? this.messages[lastSeq - 1] : undefined;
    return {
      conversationId: this.id,
      type: this.type,
      ...(this.type === "direct" && peerId !== undefined && { peerId }),
      ...(this.type === "group" && { title: this.title }),
      ...(this.type === "group" && left === undefined && { memberCount: this.members.length }),
      lastSeq,
      ...(lastMessage && { lastMessage }),
      changeSeq: this.changeSeq,
      readSeq,
      unread: Math.max(0, lastSeq - readSeq),
      ...this.settings(userId).view(lastSeq),
      ...(this.large && { large: true }),
      ...(left !== undefined && { left: true }),
    };
  }
}
