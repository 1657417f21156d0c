import type { PushNotice } from "@im-webapp/protocol";
import type { PrecacheEntry } from "workbox-precaching";
import { keptLanguage } from "./kept-language.ts";
import { noticeWords } from "./notice-words.ts";
import { forgetEarlier, serveShell } from "./offline-shell.ts";

/** The parts of a service worker that are used; the library of the DOM does not describe them. */
interface Worker {
  /** What the build writes here: the files of the shell, with their versions. */
  readonly __WB_MANIFEST: readonly PrecacheEntry[];
  skipWaiting(): Promise<void>;
  readonly navigator: { setAppBadge?(count?: number): Promise<void> };
  readonly registration: {
    showNotification(title: string, options: object): Promise<void>;
  };
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "message", listener: (event: Lasting & { readonly data: unknown }) => void): void;
  addEventListener(type: "push", listener: (event: PushEvent) => void): void;
  addEventListener(type: "notificationclick", listener: (event: ClickEvent) => void): void;
}

interface Page {
  readonly visibilityState: "visible" | "hidden";
  focus(): Promise<unknown>;
  postMessage(message: unknown, ports?: readonly MessagePort[]): void;
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

declare const self: Worker;

const worker = self;

/** How long an open page may take to say whether it has told something, in milliseconds. */
const ANSWER_MS = 500;

const pages = () => worker.clients.matchAll({ type: "window", includeUncontrolled: true });

/** Whether a page says that it has told this. One that the browser has put to sleep does not answer. */
function hasTold(page: Page, { conversationId, seq }: PushNotice): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    port1.addEventListener("message", ({ data }) => {
      clearTimeout(timer);
      resolve(data === true);
    });
    port1.start();
    page.postMessage({ told: { conversationId, seq } }, [port2]);
  });
}

async function notify(notice: PushNotice): Promise<void> {
  const opened = await pages();
  // Whoever looks at the app sees it there.
  if (opened.some(({ visibilityState }) => visibilityState === "visible")) return;
  if ((await Promise.all(opened.map((page) => hasTold(page, notice)))).includes(true)) return;
  const { title, body } = noticeWords(notice, await keptLanguage());
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

serveShell(self.__WB_MANIFEST);

worker.addEventListener("activate", (event) => event.waitUntil(forgetEarlier()));

// A new version waits until a page says that it may take over: somebody has asked for it there.
worker.addEventListener("message", (event) => {
  if (event.data === "takeOver") event.waitUntil(worker.skipWaiting());
});

worker.addEventListener("push", (event) => {
  // The server encrypts it for this device, so that nobody else can have written it.
  if (event.data) event.waitUntil(notify(event.data.json() as PushNotice));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path } = event.notification.data as { path: string };
  event.waitUntil(open(path));
});
