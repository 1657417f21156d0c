import type { ConversationView } from "@im-webapp/client";
import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { Client } from "@im-webapp/react";
import { RECORDING, holdAlone, isHeld } from "../../lib/page-locks.ts";
import { isTold, newsBetween } from "./news.ts";
import { isQuietAt, noticeSettings } from "./notice-settings.ts";
import { lookedAtMark } from "./looked-at.ts";
import { Tone } from "./tone.ts";
import { currentWorker } from "../../lib/service-worker.ts";

/** How long after a message arrived it is told, in milliseconds: whoever looks, here or elsewhere, has read it by then. */
const WAIT_MS = 1_000;

/** Most notifications of one moment: after a long time without the network the newest say enough. */
const AT_ONCE = 5;

/** Held by the one page of this browser that tells. */
const TELLER = "im.teller";

export interface NoticeWords {
  readonly title: string;
  readonly body: string;
}

/**
 * Tells of messages while the app is open, and nobody looks at their conversation: by a notification for each conversation
 * and by a sound. Of all pages of this browser one does so.
 */
export class NoticeTeller {
  readonly #client: Client;
  readonly #wordsOf: (view: ConversationView, hidden: boolean) => NoticeWords;
  readonly #tone = new Tone();
  /** The conversations when all had been received last; null: not yet. */
  #before: readonly ConversationView[] | null = null;
  readonly #waiting = new Set<ConversationId>();
  /** Up to where each conversation has been told, here or by the service worker. */
  readonly #told = new Map<ConversationId, Seq>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leads = false;

  constructor(client: Client, wordsOf: (view: ConversationView, hidden: boolean) => NoticeWords) {
    this.#client = client;
    this.#wordsOf = wordsOf;
  }

  /** Begins; ends with the function that it gives. */
  start(): () => void {
    const unsubscribe = this.#client.subscribe(() => this.#follow());
    const release = holdAlone(TELLER, () => {
      this.#leads = true;
    });
    const container = "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
    container?.addEventListener("message", this.#answer);
    return () => {
      unsubscribe();
      release();
      container?.removeEventListener("message", this.#answer);
      clearTimeout(this.#timer);
      void this.#tone.close();
    };
  }

  #follow(): void {
    const state = this.#client.getState();
    if (state.connection.status !== "online" || state.conversations === this.#before) return;
    const before = this.#before;
    this.#before = state.conversations;
    if (before === null) {
      void this.#clear(({ unread }) => unread === 0);
      return;
    }
    const { heard, read } = newsBetween(before, state);
    if (read.length > 0) void this.#clear(({ conversationId }) => read.includes(conversationId));
    for (const { conversationId } of heard.slice(0, AT_ONCE)) this.#waiting.add(conversationId);
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => void this.#tellWaiting(), WAIT_MS);
  }

  async #tellWaiting(): Promise<void> {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#timer = undefined;
    const settings = noticeSettings();
    if (!this.#leads || isQuietAt(settings, new Date())) return;
    const { conversations, me } = this.#client.getState();
    const marks = await Promise.all(waiting.map((id) => isHeld(lookedAtMark(id))));
    const unseen = new Set(waiting.filter((_, index) => marks[index] === false));
    const told = conversations.filter(
      (view) =>
        unseen.has(view.conversationId) &&
        isTold(view, me?.userId) &&
        view.lastSeq > (this.#told.get(view.conversationId) ?? 0),
    );
    if (told.length === 0) return;
    if (settings.sound && !(await isHeld(RECORDING))) void this.#tone.play().catch(() => undefined);
    if (settings.notices) for (const view of told) await this.#show(view, settings.hideContent);
  }

  async #show(view: ConversationView, hidesContent: boolean): Promise<void> {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const { conversationId, lastSeq } = view;
    const { title, body } = this.#wordsOf(view, hidesContent);
    this.#told.set(conversationId, lastSeq);
    const worker = await currentWorker();
    const options: NotificationOptions & { renotify: boolean } = {
      body,
      icon: "/icon.svg",
      // As the service worker names its own: a conversation has one, whoever tells.
      tag: conversationId,
      renotify: true,
      // The sound is ours, and has a setting.
      silent: true,
      data: { path: `/c/${encodeURIComponent(conversationId)}` },
    };
    await worker?.showNotification(title, options);
  }

  /** Takes away the notifications of conversations that have been read, whoever showed them. */
  async #clear(isRead: (view: ConversationView) => boolean): Promise<void> {
    const byId = new Map(this.#client.getState().conversations.map((view) => [view.conversationId, view]));
    const shown = (await (await currentWorker())?.getNotifications()) ?? [];
    for (const notification of shown) {
      const view = byId.get(notification.tag);
      if (view && isRead(view)) notification.close();
    }
  }

  /**
   * The service worker asks whether this page has told what it is about to tell. What was not is the worker's from then
   * on, so that a page that wakes up, or was about to tell, does not tell it a second time.
   */
  readonly #answer = ({ data, ports }: MessageEvent<unknown>): void => {
    if (typeof data !== "object" || data === null || !("told" in data)) return;
    const { conversationId, seq } = data.told as { conversationId: ConversationId; seq: Seq };
    const told = this.#told.get(conversationId) ?? 0;
    ports[0]?.postMessage(told >= seq);
    this.#told.set(conversationId, Math.max(told, seq));
  };
}
