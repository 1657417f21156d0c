/** The page in which the library is tested: one client of the server named by `?server=`, driven from outside. */
import { ImClient } from "@im-webapp/client";
import type { ConversationView, MessageWindow } from "@im-webapp/client";

/** What the page shows, as plain data. */
export interface Shown {
  readonly loaded: boolean;
  readonly status: string;
  readonly storage: string;
  readonly userId: string | undefined;
  readonly conversations: readonly ConversationView[];
}

const client = new ImClient({
  url: new URLSearchParams(location.search).get("server") ?? "",
  deviceName: "tab",
});

function shown(): Shown {
  const { loaded, connection, storage, me, conversations } = client.getState();
  return {
    loaded,
    status: connection.status,
    storage,
    userId: me?.userId,
    conversations,
  };
}

function windowOf(conversationId: string): MessageWindow | undefined {
  return client.getState().windows.get(client.resolveConversationId(conversationId));
}

const harness = { client, shown, windowOf };
export type Harness = typeof harness;

Object.assign(globalThis, { harness });
await client.start();
