import { RECEIPT_MEMBERS } from "@im-webapp/protocol";
import type { Conversation, Message, Seq, UserId } from "@im-webapp/protocol";

/** The `senderId` of what the server itself says (the protocol's `SYSTEM_SENDER`, which would pull in its schemas). */
export const SYSTEM_SENDER: UserId = "system";

/** A conversation as this user's timeline has told it so far. What is only local (unsent, unread here) is not in it. */
export interface ConversationRecord {
  readonly conversation: Conversation;
  /** How far each other member is known to have read. */
  readonly receipts: ReadonlyMap<UserId, Seq>;
}

const NO_RECEIPTS: ReadonlyMap<UserId, Seq> = new Map();

/**
 * The server's newest view of a conversation, over what is held. Positions never go back: the view may have been taken
 * before entries that were applied already.
 */
export function withServerView(held: ConversationRecord | undefined, view: Conversation): ConversationRecord {
  if (!held) return { conversation: settled(view), receipts: NO_RECEIPTS };
  const old = held.conversation;
  const lastMessage = newest(old.lastMessage, view.lastMessage);
  return {
    conversation: settled({
      ...view,
      lastSeq: Math.max(old.lastSeq, view.lastSeq),
      changeSeq: Math.max(old.changeSeq, view.changeSeq),
      readSeq: Math.max(old.readSeq, view.readSeq),
      ...(lastMessage && { lastMessage }),
    }),
    receipts: held.receipts,
  };
}

/** A message that came into the conversation. Sending is reading: whoever wrote it has read up to it. */
export function withMessage(record: ConversationRecord, message: Message, self: UserId): ConversationRecord {
  const old = record.conversation;
  const own = message.senderId === self;
  const lastMessage = newest(old.lastMessage, message);
  const moved: ConversationRecord = {
    ...record,
    conversation: settled({
      ...old,
      lastSeq: Math.max(old.lastSeq, message.seq),
      readSeq: own ? Math.max(old.readSeq, message.seq) : old.readSeq,
      ...(lastMessage && { lastMessage }),
      ...(!own && mentions(message, self) && { mentioned: true }),
    }),
  };
  if (own || message.senderId === SYSTEM_SENDER || !tellsReceipts(old)) return moved;
  return withReceipt(moved, message.senderId, message.seq);
}

/** A message of the conversation in a new version; matters here only while it is the newest one. */
export function withUpdate(record: ConversationRecord, message: Message): ConversationRecord {
  const old = record.conversation.lastMessage;
  if (old?.seq !== message.seq || message.version <= old.version) return record;
  return { ...record, conversation: { ...record.conversation, lastMessage: message } };
}

/** This user read up to `readSeq`, on whatever device; a lower position than the held one changes nothing. */
export function withRead(record: ConversationRecord, readSeq: Seq): ConversationRecord {
  if (readSeq <= record.conversation.readSeq) return record;
  return { ...record, conversation: settled({ ...record.conversation, readSeq }) };
}

/** Another member read up to `readSeq`. */
export function withReceipt(record: ConversationRecord, userId: UserId, readSeq: Seq): ConversationRecord {
  if (readSeq <= (record.receipts.get(userId) ?? 0)) return record;
  return { ...record, receipts: new Map(record.receipts).set(userId, readSeq) };
}

/** Of two messages the later, and of two versions of one message the higher. */
function newest(held: Message | undefined, incoming: Message | undefined): Message | undefined {
  if (!held || !incoming) return incoming ?? held;
  if (incoming.seq !== held.seq) return incoming.seq > held.seq ? incoming : held;
  return incoming.version > held.version ? incoming : held;
}

/** With what follows from the positions: `unread`, and no mention left when all is read. */
function settled(conversation: Conversation): Conversation {
  const unread = Math.max(0, conversation.lastSeq - conversation.readSeq);
  const { mentioned, ...rest } = conversation;
  return { ...rest, unread, ...(mentioned === true && unread > 0 && { mentioned }) };
}

function mentions(message: Message, userId: UserId): boolean {
  return message.mentions === "all" || (message.mentions?.includes(userId) ?? false);
}

/** Whether the server tells who read; larger groups would only fill memory with senders. */
function tellsReceipts(conversation: Conversation): boolean {
  return conversation.type === "direct" || (conversation.memberCount ?? Infinity) <= RECEIPT_MEMBERS;
}
