import type { StorageQuota } from "../cache/bounds.ts";

/** What the browser grants to this origin, in bytes; undefined where it does not say. Never rejects. */
export async function storageQuota(): Promise<StorageQuota | undefined> {
  const storage = typeof navigator === "undefined" ? undefined : (navigator.storage as StorageManager | undefined);
  if (typeof storage?.estimate !== "function") return undefined;
  try {
    const { quota, usage = 0 } = await storage.estimate();
    return quota === undefined || quota <= 0 ? undefined : { quota, usage };
  } catch {
    return undefined;
  }
}
