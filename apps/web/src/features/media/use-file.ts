import type { FileVariant } from "@im-webapp/protocol";
import { type Client, useClient, useClientState } from "@im-webapp/react";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { type HeldFile, ObjectUrls } from "./object-urls.ts";

/** One store of addresses for each client: it lives as long as that. */
const stores = new WeakMap<Client, ObjectUrls>();

function storeOf(client: Client): ObjectUrls {
  const urls = stores.get(client) ?? new ObjectUrls();
  stores.set(client, urls);
  return urls;
}

const NOTHING: HeldFile = { status: "loading" };

interface ShownFile {
  readonly held: HeldFile;
  readonly retry: () => void;
}

/** A file to be shown in this page, read when this is first on the screen; undefined for none. */
export function useFile(fileId: string | undefined, variant: FileVariant): ShownFile {
  const client = useClient();
  const urls = storeOf(client);
  const key = `${variant}/${fileId ?? ""}`;
  useEffect(
    () => (fileId === undefined ? undefined : urls.hold(key, () => client.files.read(fileId, variant))),
    [client, urls, key, fileId, variant],
  );
  const held = useSyncExternalStore(urls.subscribe, () => (fileId === undefined ? NOTHING : urls.get(key)));
  const retry = useCallback(() => urls.retry(key), [urls, key]);

  const isOnline = useClientState(({ connection }) => connection.status === "online");
  useEffect(() => {
    // What failed for want of a connection comes by itself with one; what else failed is tried once more.
    if (isOnline) retry();
  }, [isOnline, retry]);
  return { held, retry };
}

/** What a message carries that waits, from this device; it fails where it is not there. */
export function useLocalFile(clientMessageId: string, which: "file" | "thumbnail"): ShownFile {
  const client = useClient();
  const urls = storeOf(client);
  const key = `local ${which}/${clientMessageId}`;
  useEffect(
    () =>
      urls.hold(key, async () => {
        const file = await client.files.local(clientMessageId, which);
        if (!file) throw new Error(`${clientMessageId} has no ${which} here`);
        return file;
      }),
    [client, urls, key, clientMessageId, which],
  );
  const held = useSyncExternalStore(urls.subscribe, () => urls.get(key));
  return { held, retry: useCallback(() => urls.retry(key), [urls, key]) };
}

/**
 * Keeps a file of this device as the one of the server that it has just become, so that the message that takes the place
 * of the waiting one shows it at once; nothing while there is no `fileId`.
 */
export function useHandedOver(
  clientMessageId: string,
  which: "file" | "thumbnail",
  { fileId, variant }: { readonly fileId: string | undefined; readonly variant: FileVariant },
): void {
  const client = useClient();
  const urls = storeOf(client);
  useEffect(() => {
    if (fileId === undefined || fileId === "") return undefined;
    // The message may have come in the meantime, and the file with it.
    const read = async () =>
      (await client.files.local(clientMessageId, which)) ?? (await client.files.read(fileId, variant));
    return urls.hold(`${variant}/${fileId}`, read);
  }, [client, urls, clientMessageId, which, fileId, variant]);
}
