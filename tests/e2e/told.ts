import type { BrowserContext, Page } from "@playwright/test";

/** Takes down every notification that any page of a browser shows, and counts the sounds. */
export async function watch(context: BrowserContext) {
  const seen = { shown: [] as string[], sounds: 0 };
  await context.exposeFunction("noteShown", (line: string) => seen.shown.push(line));
  await context.exposeFunction("noteSound", () => (seen.sounds += 1));
  await context.addInitScript(() => {
    const notes = window as unknown as { noteShown(line: string): void; noteSound(): void };
    const noted = <Of extends object>(prototype: Of, name: keyof Of, note: (args: never[]) => void) => {
      const method = Reflect.get(prototype, name) as (...args: never[]) => unknown;
      Reflect.set(prototype, name, function call(this: Of, ...args: never[]) {
        note(args);
        return method.apply(this, args);
      });
    };
    noted(ServiceWorkerRegistration.prototype, "showNotification", (args) => {
      const [title, options] = args as unknown as [string, NotificationOptions];
      notes.noteShown(`${title}: ${options.body ?? ""}`);
    });
    noted(AudioContext.prototype, "resume", () => notes.noteSound());
  });
  return seen;
}

/** The notifications that the browser shows now. */
export const onScreen = (page: Page) =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.getRegistration("/");
    return ((await worker?.getNotifications()) ?? []).map(({ title, body }) => `${title}: ${body}`);
  });
