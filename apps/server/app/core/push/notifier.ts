import type { Conversation, ConversationId, Message, PushNotice, UserId } from "@im-webapp/protocol";
import type { ConversationReader } from "../conversations/conversation-reader.ts";
import type { UserDirectory } from "../people/user-directory.ts";
import type { Clock } from "../shared/clock.ts";
import { inTurns } from "../shared/in-turns.ts";
import type { SequencedFanOut } from "../timeline/model.ts";
import type { PushService, Subscription, SubscriptionStore } from "./ports.ts";
import { isQuiet } from "./quiet-hours.ts";

/**
 * How long after a message its recipients are notified, in milliseconds: whoever looks has read it by then, on whichever
 * device, and several messages are one notification.
 */
const WAIT_MS = 3_000;

/** Pairs of user and conversation that may wait; beyond it, what is new is not notified: pushes are no record. */
const MAX_WAITING = 20_000;

/** Users whose subscriptions are read in one query. */
const USERS_PER_QUERY = 500;

/** Notices under way at the same time. */
const SENT_AT_ONCE = 8;

/** Longest text of a notice, in UTF-16 units; a push service takes 4 KB of all. */
const MAX_TEXT = 300;

export interface NotifierOptions {
  readonly store: SubscriptionStore;
  readonly service: PushService;
  readonly conversations: Pick<ConversationReader, "views">;
  readonly users: Pick<UserDirectory, "findMany">;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/**
 * Notifies devices of what their user has not read: by the node that committed it, some seconds later, once for each
 * conversation. A node that ends meanwhile takes its notices with it; the messages themselves nobody loses.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  /** The newest message of each conversation, by user. */
  readonly #waiting = new Map<UserId, Map<ConversationId, Message>>();
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Messages have been committed by this node. */
  committed(fanOuts: readonly SequencedFanOut[]): void {
    for (const { draft, userIds } of fanOuts) {
      if (draft.type !== "message" || draft.message.content.kind === "system") continue;
      for (const userId of userIds) if (userId !== draft.message.senderId) this.#wait(userId, draft.message);
    }
  }

  /** Sends nothing more; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#waiting.clear();
    await this.#running;
  }

  #wait(userId: UserId, message: Message): void {
    const ofUser = this.#waiting.get(userId) ?? new Map<ConversationId, Message>();
    if (!ofUser.has(message.conversationId)) {
      if (this.#count >= MAX_WAITING) return;
      this.#count += 1;
    }
    ofUser.set(message.conversationId, message);
    this.#waiting.set(userId, ofUser);
    this.#timer ??= setTimeout(() => {
      this.#running = this.#flush().catch(this.#options.onFault);
    }, WAIT_MS);
  }

  async #flush(): Promise<void> {
    const waiting = new Map(this.#waiting);
    this.#waiting.clear();
    this.#count = 0;
    this.#timer = undefined;
    const userIds = [...waiting.keys()];
    for (let start = 0; start < userIds.length; start += USERS_PER_QUERY) {
      const { store, clock } = this.#options;
      const subscriptions = await store.ofUsers(userIds.slice(start, start + USERS_PER_QUERY), clock());
      const byUser = new Map<UserId, Subscription[]>();
      for (const one of subscriptions) byUser.set(one.userId, [...(byUser.get(one.userId) ?? []), one]);
      await inTurns([...byUser], SENT_AT_ONCE, ([userId, devices]) =>
        this.#notify(userId, devices, waiting.get(userId) ?? new Map()).catch(this.#options.onFault),
      );
    }
  }

  async #notify(
    userId: UserId,
    devices: readonly Subscription[],
    messages: ReadonlyMap<ConversationId, Message>,
  ): Promise<void> {
    const { conversations, users, service, store, clock } = this.#options;
    const views = await conversations.views(userId, [...messages.keys()]);
    for (const [conversationId, message] of messages) {
      const view = views.get(conversationId);
      if (!view || !isWanted(view, message)) continue;
      const [sender] = await users.findMany([message.senderId]);
      const notice = noticeOf(view, message, sender?.displayName ?? "");
      for (const device of devices) {
        if (device.quiet && isQuiet(device.quiet, clock())) continue;
        const outcome = await service.send(device, device.hideContent ? hidden(notice) : notice);
        if (outcome === "gone") await store.remove(userId, device.deviceId, device.endpoint);
      }
    }
  }
}

/** Not what was read anywhere meanwhile, nor what the user wants to hear nothing of; a mention gets through silence. */
function isWanted(view: Conversation, message: Message): boolean {
  if (view.left === true || view.readSeq >= message.seq || view.notify === -1) return false;
  return view.notify !== 1 || isMentioned(view, message);
}

/** Whether this message, or one before it that is unread, names the user; one after it is told of by itself. */
function isMentioned({ mentionSeqs = [] }: Conversation, message: Message): boolean {
  return mentionSeqs.some((seq) => seq <= message.seq);
}

function noticeOf(view: Conversation, message: Message, senderName: string): PushNotice {
  const { conversationId, seq, content } = message;
  const isGroup = view.type === "group";
  return {
    conversationId,
    seq,
    unread: view.unread,
    title: isGroup ? (view.title ?? "") : senderName,
    ...(isGroup && { senderName }),
    ...(isMentioned(view, message) && { mentioned: true as const }),
    kind: content.kind,
    ...(content.kind === "text" && { text: content.text.slice(0, MAX_TEXT).toWellFormed() }),
  };
}

function hidden({ conversationId, seq, unread }: PushNotice): PushNotice {
  return { conversationId, seq, unread };
}
