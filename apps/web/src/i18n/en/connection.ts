import type { Messages } from "../messages.ts";

export const connection: Messages["connection"] = {
  connecting: "Connecting…",
  syncing: "Receiving…",
  online: "Connected",
  offline: "No network",
  offlineHint: "Messages go out by themselves once you are back online",
  reconnecting: "Connection lost, reconnecting…",
  reconnectingIn: "Connection lost, reconnecting in {{seconds}} s",
  retryNow: "Retry now",
  storageMemory:
    "This browser keeps no data: after a reload, messages not sent yet are gone and the others are fetched again",
  storageFull:
    "This device is out of space: older messages are fetched again when you open them. Freeing some space helps",
  storageOutdated: "A newer version is open in another tab: reload this one to use it",
  reload: "Reload",
};
