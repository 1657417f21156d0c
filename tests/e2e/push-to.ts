import type { CDPSession, Page } from "@playwright/test";

/** What has the browser deliver what a push service would, to the worker of a page. */
export async function pushTo(session: CDPSession, page: Page): Promise<(notice: object) => Promise<void>> {
  const { origin } = new URL(page.url());
  const registered = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const found = registrations.find(({ isDeleted }) => !isDeleted);
      if (found) resolve(found.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await registered;
  return async (notice) => {
    await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(notice) });
  };
}
