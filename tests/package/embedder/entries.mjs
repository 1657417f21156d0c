// Every entry in plain Node, and a store in a file that keeps the session over two programs.
import { ImClient } from "@im-webapp/client";
import { IndexedDbStore } from "@im-webapp/client/indexeddb";
import { openNodeStore } from "@im-webapp/client/node";
import { PROTOCOL_VERSION } from "@im-webapp/protocol";
import { useMessages } from "@im-webapp/react";

const [url, password] = process.argv.slice(2);
const store = await openNodeStore({ file: "entries.db" });
const client = new ImClient({ url, deviceName: "embedder", store });
await client.start();
const resumed = client.getState().me !== null;
if (!resumed) await client.register({ username: "entries", password, displayName: "entries" });
console.log(typeof IndexedDbStore, typeof useMessages, PROTOCOL_VERSION, resumed ? "resumed" : "registered");
await client.close();
await store.close();
