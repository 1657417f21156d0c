import { MAX_MENTION_SEQS, RECEIPT_MEMBERS } from "@im-webapp/protocol";
import type { Conversation, Message, Seq, ShownOfGroup, UserId } from "@im-webapp/protocol";
import { furtherHeld, settledHeld } from "./held.ts";
import type { Held, Known } from "./held.ts";

/** The `senderId` of what the server itself says (the protocol's `SYSTEM_SENDER`, which would pull in its schemas). */
export const SYSTEM_SENDER: UserId = "system";

/** A conversation as the server has told it so far. What is only local (unsent, unread here) is not in it. */
export interface ConversationRecord {
  /** The server's newest view of it. */
  readonly conversation: Conversation;
  /** How far each other member is known to have read. */
  readonly receipts: ReadonlyMap<UserId, Seq>;
  /** How far its messages and their changes are stored without a hole. */
  readonly held: Held;
}

const NO_RECEIPTS: ReadonlyMap<UserId, Seq> = new Map();

/** A conversation of the list, nothing of which is cached: what it has counts as held, and is asked for by windows. */
export function listed(view: Conversation, before: ConversationRecord = announced(view)): ConversationRecord {
  const { lastSeq, changeSeq } = view;
  return { ...withServerView(before, view), held: { lastSeq, changeSeq, large: !tellsChanges(view) } };
}

/**
 * A conversation that the timeline tells of for the first time. Its unread messages follow, or are read from the
 * conversation itself if it is large.
 */
export function announced(view: Conversation): ConversationRecord {
  const large = view.large ?? false;
  // Changes of a small one count from the beginning until its messages are complete: they come by the timeline.
  const held = { lastSeq: Math.min(view.readSeq, view.lastSeq), changeSeq: large ? view.changeSeq : 0, large };
  return recordOf(settled(view), NO_RECEIPTS, held);
}

/**
 * The server's newest view of a conversation, over what is held. Positions never go back: the view may have been taken
 * before entries that were applied already.
 */
export function withServerView(record: ConversationRecord, view: Conversation): ConversationRecord {
  const old = record.conversation;
  const lastMessage = newest(old.lastMessage, view.lastMessage);
  const pins = view.left === true ? undefined : laterPins(old.pins, view.pins);
  const conversation = settled({
    ...view,
    ...(pins && { pins }),
    lastSeq: Math.max(old.lastSeq, view.lastSeq),
    changeSeq: Math.max(old.changeSeq, view.changeSeq),
    readSeq: Math.max(old.readSeq, view.readSeq),
    ...(lastMessage && { lastMessage }),
    // The view knows of what was recalled; what came after it was taken, this device knows.
    mentionSeqs: [...(view.mentionSeqs ?? []), ...(old.mentionSeqs?.filter((seq) => seq > view.lastSeq) ?? [])],
  });
  const { held } = record;
  return recordOf(conversation, record.receipts, tellsChanges(view) ? held : { ...held, large: true });
}

/** A message that came into the conversation. Sending is reading: whoever wrote it has read up to it. */
export function withMessage(record: ConversationRecord, message: Message, self: UserId): ConversationRecord {
  const old = record.conversation;
  const own = message.senderId === self;
  const lastMessage = newest(old.lastMessage, message);
  const pins = laterPins(old.pins, pinsAfter(message));
  const isNews = !own && message.seq > old.readSeq;
  const shown = old.large ? withShown(old, shownBy(message, self)) : old;
  const conversation = settled({
    ...(own ? unmarked(shown) : shown),
    lastSeq: Math.max(old.lastSeq, message.seq),
    readSeq: own ? Math.max(old.readSeq, message.seq) : old.readSeq,
    ...(lastMessage && { lastMessage }),
    ...(pins && { pins }),
    ...(isNews && mentions(message, self) && { mentionSeqs: withMention(old.mentionSeqs, message.seq) }),
  });
  const gone = whoLeft(message);
  // The view that says so may have been overtaken by that of having come back.
  const held = gone.includes(self) ? { ...record.held, large: true } : record.held;
  const continues = message.seq === held.lastSeq + 1;
  const moved = recordOf(
    conversation,
    without(record.receipts, gone),
    continues ? { ...held, lastSeq: message.seq } : held,
  );
  if (own || message.senderId === SYSTEM_SENDER || !tellsReceipts(old)) return moved;
  return withReceipt(moved, message.senderId, message.seq);
}

/** The conversation with what of a large group has no entry of its own; null where there is none, as on the wire. */
export function withShown(old: Conversation, shown: Partial<ShownOfGroup>): Conversation {
  const { avatar: _avatar, announcement: _announcement, mutedAll: _mutedAll, ...rest } = old;
  const { title, avatar, announcement, mutedAll } = { ...old, ...shown };
  return {
    ...rest,
    ...(title !== undefined && { title }),
    ...(avatar && { avatar }),
    ...(announcement && announcement.at > (old.announcementReadAt ?? 0) && { announcement }),
    ...(mutedAll && { mutedAll }),
  };
}

/** What a message says of the group that every member's view shows. */
function shownBy({ content }: Message, self: UserId): Partial<ShownOfGroup> {
  if (content.kind !== "system" || content.event !== "group.changed") return {};
  const { name, ...changed } = content.changed;
  return {
    ...changed,
    ...(name !== undefined && { title: name }),
    ...(changed.announcement?.by === self && { announcement: null }),
  };
}

/** A message of the conversation in a new version; matters here only while it is the newest one, or pinned. */
export function withUpdate(record: ConversationRecord, message: Message): ConversationRecord {
  const current = message.recalledAt === undefined ? record : withoutMention(record, message.seq);
  const { lastMessage, pins } = current.conversation;
  const isNewest = lastMessage?.seq === message.seq && message.version > lastMessage.version;
  // What was recalled, or deleted for this user, is pinned no more.
  const unpins = message.content.kind === "system" && pins?.seqs.includes(message.seq) === true;
  if (!isNewest && !unpins) return current;
  const conversation = {
    ...current.conversation,
    ...(isNewest && { lastMessage: message }),
    ...(unpins && { pins: { ...pins, seqs: pins.seqs.filter((seq) => seq !== message.seq) } }),
  };
  return { ...current, conversation };
}

/** The server has told of unread mentions, some of which may be in messages that this device passes over. */
export function withMentions(record: ConversationRecord, mentionSeqs: readonly Seq[] = []): ConversationRecord {
  const old = record.conversation;
  const all = mentionSeqs.reduce<Seq[] | undefined>(withMention, old.mentionSeqs);
  return all === old.mentionSeqs
    ? record
    : { ...record, conversation: settled({ ...old, ...(all && { mentionSeqs: all }) }) };
}

/** What a recalled message said names nobody any more. */
function withoutMention(record: ConversationRecord, seq: Seq): ConversationRecord {
  const { mentionSeqs } = record.conversation;
  if (!mentionSeqs?.includes(seq)) return record;
  const left = mentionSeqs.filter((each) => each !== seq);
  return { ...record, conversation: settled({ ...record.conversation, mentionSeqs: left }) };
}

/** The places of unread mentions with one more among them. */
function withMention(held: Seq[] = [], seq: Seq): Seq[] {
  return held.includes(seq) ? held : [...held, seq].toSorted((a, b) => a - b).slice(-MAX_MENTION_SEQS);
}

/** This user read up to `readSeq`, on whatever device; a lower position than the held one changes nothing. */
export function withRead(record: ConversationRecord, readSeq: Seq): ConversationRecord {
  const old = record.conversation;
  // What a view has told of already may have lost its mark since, which only the reading itself tells.
  if (readSeq < old.readSeq || (readSeq === old.readSeq && old.markedUnread !== true)) return record;
  return { ...record, conversation: settled({ ...unmarked(old), readSeq }) };
}

/** Another member read up to `readSeq`. */
export function withReceipt(record: ConversationRecord, userId: UserId, readSeq: Seq): ConversationRecord {
  if (readSeq <= (record.receipts.get(userId) ?? 0)) return record;
  return { ...record, receipts: new Map(record.receipts).set(userId, readSeq) };
}

/** The conversation has at least this; lower positions change nothing. */
export function withKnown(record: ConversationRecord, known: Known): ConversationRecord {
  const { conversation, held } = record;
  const lastSeq = Math.max(conversation.lastSeq, known.lastSeq);
  const changeSeq = Math.max(conversation.changeSeq, known.changeSeq);
  if (lastSeq === conversation.lastSeq && changeSeq === conversation.changeSeq) return record;
  return recordOf(settled({ ...conversation, lastSeq, changeSeq }), record.receipts, held);
}

/** This much of the conversation has been read from itself, or was pushed; lower positions change nothing. */
export function withHeld(
  record: ConversationRecord,
  { lastSeq, changeSeq }: Known,
  large: boolean,
): ConversationRecord {
  const held = {
    lastSeq: Math.max(record.held.lastSeq, lastSeq),
    changeSeq: Math.max(record.held.changeSeq, changeSeq),
    large,
  };
  return withKnown({ ...record, held }, held);
}

/** Whether the conversation has more than is held of it. */
export function isBehind({ conversation, held }: ConversationRecord): boolean {
  return held.lastSeq < conversation.lastSeq || held.changeSeq < conversation.changeSeq;
}

/** The record with the positions of `other`, another tab's copy of it, where those are further. */
export function withPositionsOf(record: ConversationRecord, other: ConversationRecord): ConversationRecord {
  const [own, { conversation: others }] = [record.conversation, other];
  const lastMessage = newest(others.lastMessage, own.lastMessage);
  const pins = laterPins(own.pins, others.pins);
  return {
    conversation: settled({
      ...own,
      ...(pins && { pins }),
      lastSeq: Math.max(own.lastSeq, others.lastSeq),
      changeSeq: Math.max(own.changeSeq, others.changeSeq),
      readSeq: Math.max(own.readSeq, others.readSeq),
      ...(lastMessage && { lastMessage }),
      mentionSeqs: [...(own.mentionSeqs ?? []), ...(others.mentionSeqs?.filter((seq) => seq > own.lastSeq) ?? [])],
    }),
    receipts: record.receipts,
    held: furtherHeld(record.held, other.held),
  };
}

/** The stored record with what another copy of it has read of the conversation itself. */
export function advanced(stored: ConversationRecord, reading: ConversationRecord): ConversationRecord {
  const { conversation, receipts, held } = reading;
  // What a reading of earlier messages says of a large group may have been changed by later ones.
  const isCurrent = conversation.lastSeq >= stored.conversation.lastSeq;
  const { mentionSeqs: _, ...flags } =
    conversation.large && isCurrent
      ? withShown(stored.conversation, { avatar: null, announcement: null, mutedAll: false, ...conversation })
      : stored.conversation;
  const own = { ...flags, ...(conversation.mentionSeqs && { mentionSeqs: conversation.mentionSeqs }) };
  const moved = withPositionsOf({ ...stored, conversation: own }, reading);
  return { ...moved, receipts, held: furtherHeld(held, stored.held) };
}

/**
 * Whether the timeline tells of every change: not of those in a large conversation, nor of those in one that was left,
 * which may be read up to the leaving and, after coming back, again.
 */
export function tellsChanges({ large = false, left = false }: Conversation): boolean {
  return !large && !left;
}

/** Without the mark of being unread. */
function unmarked({ markedUnread: _markedUnread, ...conversation }: Conversation): Conversation {
  return conversation;
}

function recordOf(conversation: Conversation, receipts: ReadonlyMap<UserId, Seq>, held: Held): ConversationRecord {
  return { conversation, receipts, held: settledHeld(held, conversation) };
}

/** Of two messages the later, and of two versions of one message the higher. */
function newest(held: Message | undefined, incoming: Message | undefined): Message | undefined {
  if (!held || !incoming) return incoming ?? held;
  if (incoming.seq !== held.seq) return incoming.seq > held.seq ? incoming : held;
  return incoming.version > held.version ? incoming : held;
}

/** Of two states of the pins the later. */
function laterPins(held: Conversation["pins"], incoming: Conversation["pins"]): Conversation["pins"] {
  return (incoming?.at ?? 0) > (held?.at ?? 0) ? incoming : held;
}

/** The pins as they are after a message that tells of them. */
function pinsAfter({ seq, content }: Message): Conversation["pins"] {
  return "pins" in content ? { at: seq, seqs: content.pins } : undefined;
}

/** With what follows from the positions: `unread`, `hidden`, and no mention left when all is read. */
function settled(conversation: Conversation): Conversation {
  const { mentioned: _mentioned, mentionSeqs: all, ...rest } = conversation;
  const { lastSeq, readSeq, hiddenSeq, notify } = rest;
  const unread = Math.max(0, lastSeq - readSeq);
  const hidden = hiddenSeq !== undefined && (lastSeq <= hiddenSeq || notify === -1);
  return { ...rest, unread, hidden, ...unreadMentions(all, readSeq) };
}

/** Of the places where a user is named those beyond what they have read, and whether there are any. */
export function unreadMentions(
  all: readonly Seq[] | undefined,
  readSeq: Seq,
): Pick<Conversation, "mentioned" | "mentionSeqs"> {
  const mentionSeqs = all?.filter((seq) => seq > readSeq) ?? [];
  return mentionSeqs.length > 0 ? { mentioned: true, mentionSeqs } : {};
}

function mentions(message: Message, userId: UserId): boolean {
  return message.mentions === "all" || (message.mentions?.includes(userId) ?? false);
}

/** Those of whose going the message tells. */
function whoLeft({ content }: Message): readonly UserId[] {
  if (content.kind !== "system") return [];
  if (content.event === "member.left") return [content.by];
  return content.event === "member.removed" ? content.userIds : [];
}

/** Whoever has gone is none of those whose reading counts. */
function without(receipts: ReadonlyMap<UserId, Seq>, gone: readonly UserId[]): ReadonlyMap<UserId, Seq> {
  if (!gone.some((userId) => receipts.has(userId))) return receipts;
  const left = new Map(receipts);
  for (const userId of gone) left.delete(userId);
  return left;
}

/** Whether the server tells who read; larger groups would only fill memory with senders. */
function tellsReceipts(conversation: Conversation): boolean {
  return conversation.type === "direct" || (conversation.memberCount ?? Infinity) <= RECEIPT_MEMBERS;
}

/** The record under another name, as a direct conversation has when the other one's changes. */
export function withTitle(record: ConversationRecord, title: string): ConversationRecord {
  const { conversation } = record;
  return conversation.title === title ? record : { ...record, conversation: { ...conversation, title } };
}
