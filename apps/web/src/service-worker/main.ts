import type { PushNotice } from "@im-webapp/protocol";
import { noticeWords } from "./notice-words.ts";

/** The parts of a service worker that are used; the library of the DOM does not describe them. */
interface Worker {
  readonly location: { readonly search: string };
  readonly navigator: { setAppBadge?(count?: number): Promise<void> };
  readonly registration: {
    showNotification(title: string, options: object): Promise<void>;
  };
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: "push", listener: (event: PushEvent) => void): void;
  addEventListener(type: "notificationclick", listener: (event: ClickEvent) => void): void;
}

interface Page {
  readonly visibilityState: "visible" | "hidden";
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}

interface PushEvent extends Lasting {
  readonly data: { json(): unknown } | null;
}

interface ClickEvent extends Lasting {
  readonly notification: { readonly data: unknown; close(): void };
}

const worker = self as unknown as Worker;

/** The language of the page that registered it. */
const language = new URLSearchParams(worker.location.search).get("lang") ?? "en";

const pages = () => worker.clients.matchAll({ type: "window", includeUncontrolled: true });

async function notify(notice: PushNotice): Promise<void> {
  // Whoever looks at the app sees it there.
  if ((await pages()).some(({ visibilityState }) => visibilityState === "visible")) return;
  const { title, body } = noticeWords(notice, language);
  await worker.navigator.setAppBadge?.();
  await worker.registration.showNotification(title, {
    body,
    icon: "/icon.svg",
    // One for each conversation: the next takes its place, and is heard again.
    tag: notice.conversationId,
    renotify: true,
    data: { path: `/c/${encodeURIComponent(notice.conversationId)}` },
  });
}

async function open(path: string): Promise<void> {
  const [page] = await pages();
  if (!page) {
    await worker.clients.openWindow(path);
    return;
  }
  await page.focus();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A page of a worker is of its origin; the rule is for windows.
  page.postMessage({ open: path });
}

worker.addEventListener("push", (event) => {
  // The server encrypts it for this device, so that nobody else can have written it.
  if (event.data) event.waitUntil(notify(event.data.json() as PushNotice));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path } = event.notification.data as { path: string };
  event.waitUntil(open(path));
});
