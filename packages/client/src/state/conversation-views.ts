import type { Conversation, ConversationId, EpochMs, Message, Seq, User, UserId } from "@im-webapp/protocol";
import { placeholderPeer } from "../placeholder.ts";
import type { Draft, PendingChange } from "../store/local-store.ts";
import { unreadMentions } from "../sync/conversation-record.ts";
import type { ConversationRecord } from "../sync/conversation-record.ts";
import type { ConversationView, OutgoingMessage } from "../types.ts";
import { pendingSettings, withChanges, withMarks } from "./overlay.ts";

export interface ConversationSources {
  readonly records: ReadonlyMap<ConversationId, ConversationRecord>;
  readonly outgoing: readonly OutgoingMessage[];
  readonly reads: ReadonlyMap<ConversationId, Seq>;
  readonly changes: readonly PendingChange[];
  readonly drafts: ReadonlyMap<ConversationId, Draft>;
  readonly users: ReadonlyMap<UserId, User>;
  readonly self: UserId;
}

interface Made {
  readonly from: readonly unknown[];
  readonly view: ConversationView;
}

const NO_CHANGES: readonly PendingChange[] = [];

/**
 * Makes the conversation list: the timeline's records with what is local laid over them. A view keeps its identity
 * while what it is made from does, and the list while its views and their order do.
 */
export class ConversationViews {
  #made = new Map<ConversationId, Made>();
  #list: readonly ConversationView[] = [];

  /** Pinned ones first and blocked ones last, each by newest activity. */
  list(sources: ConversationSources): readonly ConversationView[] {
    const { records, outgoing, reads, changes, drafts, users, self } = sources;
    const lastOutgoing = new Map(outgoing.map((message) => [message.conversationId, message]));
    const changed = new Set(changes.map(({ conversationId }) => conversationId));
    const made = new Map<ConversationId, Made>();
    const make = (id: ConversationId, from: readonly unknown[], view: () => ConversationView): void => {
      const old = this.#made.get(id);
      const unchanged =
        old?.from.length === from.length && from.every((value, index) => value === old.from[index]) ? old : undefined;
      made.set(id, unchanged ?? { from, view: view() });
    };

    for (const [id, record] of records) {
      const last = lastOutgoing.get(id);
      const read = reads.get(id);
      const lastMessage = record.conversation.lastMessage;
      const own = changed.has(id)
        ? changes.filter(
            (change) =>
              change.conversationId === id && (change.seq === 0 || change.seq === lastMessage?.seq || "on" in change),
          )
        : NO_CHANGES;
      const draft = shownDraft(drafts.get(id), record.conversation);
      make(id, [record, last, read, draft, ...own], () =>
        viewOf(
          { ...record, conversation: withMarks(record.conversation, own) },
          last,
          read,
          draft,
          lastMessage && withChanges(lastMessage, own, self),
          own,
        ),
      );
    }
    for (const id of new Set([...lastOutgoing.keys(), ...drafts.keys()])) {
      const peerId = placeholderPeer(id);
      if (peerId === undefined) continue;
      const [peer, last, draft] = [users.get(peerId), lastOutgoing.get(id), drafts.get(id)];
      if (!last && (draft?.text ?? "") === "") continue;
      make(id, [last, peer, draft], () => placeholderView(id, peerId, peer, last, draft));
    }
    this.#made = made;

    const list = [...made.values()].map(({ view }) => view).toSorted(byPlace);
    if (list.length !== this.#list.length || list.some((view, index) => view !== this.#list[index])) this.#list = list;
    return this.#list;
  }
}

/** Unread messages of all conversations that are neither muted nor hidden. */
export function unreadTotal(conversations: readonly ConversationView[]): number {
  return conversations.reduce((total, { muted, hidden, unread }) => total + (muted || hidden ? 0 : unread), 0);
}

/** Whether something is unread that the total does not count. */
export function hasUnreadDot(conversations: readonly ConversationView[]): boolean {
  return conversations.some(
    ({ hidden, notify, unread, markedUnread }) => !hidden && (markedUnread === true || (notify === 1 && unread > 0)),
  );
}

function viewOf(
  { conversation, receipts }: ConversationRecord,
  lastOutgoing: OutgoingMessage | undefined,
  read: Seq | undefined,
  draft: string,
  lastMessage: Message | undefined,
  changes: readonly PendingChange[],
): ConversationView {
  const {
    lastSeq,
    lastMessage: _,
    mentioned: _mentioned,
    mentionSeqs,
    draft: _draft,
    markedUnread,
    ...rest
  } = conversation;
  const readSeq = Math.max(conversation.readSeq, Math.min(read ?? 0, lastSeq));
  const unread = Math.max(0, lastSeq - readSeq);
  const settings = changes === NO_CHANGES ? {} : pendingSettings(conversation, changes);
  return {
    ...rest,
    ...(markedUnread === true && readSeq === conversation.readSeq && { markedUnread }),
    ...settings,
    ...(settings.notify !== undefined && { muted: settings.notify !== 0 }),
    lastSeq,
    ...(lastMessage && { lastMessage }),
    readSeq,
    unread,
    ...unreadMentions(mentionSeqs, readSeq),
    receipts,
    ...(lastOutgoing && { lastOutgoing }),
    ...(draft !== "" && { draft }),
    activeAt: later(lastMessage?.sentAt, lastOutgoing?.createdAt),
  };
}

/** What stands in a conversation's composer: what was typed here, unless another device has typed since. */
function shownDraft(local: Draft | undefined, { draft = "", draftAt = 0 }: Conversation): string {
  return local && (local.sent !== true || (local.base ?? 0) >= draftAt) ? local.text : draft;
}

function placeholderView(
  conversationId: ConversationId,
  peerId: UserId,
  peer: User | undefined,
  lastOutgoing: OutgoingMessage | undefined,
  draft: Draft | undefined,
): ConversationView {
  const conversation: Conversation = {
    conversationId,
    type: "direct",
    peerId,
    ...(peer && { title: peer.displayName }),
    lastSeq: 0,
    changeSeq: 0,
    readSeq: 0,
    unread: 0,
    pinned: false,
    muted: false,
    hidden: false,
  };
  return {
    ...conversation,
    receipts: new Map(),
    ...(lastOutgoing && { lastOutgoing }),
    ...(draft && { draft: draft.text }),
    activeAt: later(lastOutgoing?.createdAt, draft?.at),
  };
}

function later(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs {
  return Math.max(a ?? 0, b ?? 0);
}

/** By rank, then by time; of equal times by id, so that the order is the same on every device. */
function byPlace(a: ConversationView, b: ConversationView): number {
  return rank(b) - rank(a) || b.activeAt - a.activeAt || (a.conversationId < b.conversationId ? -1 : 1);
}

/** Pinned ones stand first. What is blocked is lifted by no message, and so stands last. */
function rank({ pinned, notify }: ConversationView): number {
  return pinned ? 1 : notify === -1 ? -1 : 0;
}
