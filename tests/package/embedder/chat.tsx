import { ImClient, ImError, MemoryStore, type ClientState } from "@im-webapp/client";
import { IndexedDbStore } from "@im-webapp/client/indexeddb";
import { openNodeStore } from "@im-webapp/client/node";
import { MAX_TEXT_LENGTH, type Message } from "@im-webapp/protocol";
import { ClientProvider, useClient, useClientState, useMessages } from "@im-webapp/react";

const client = new ImClient({ url: "http://localhost:7001", deviceName: "embedder", store: new MemoryStore() });
export const state: ClientState = client.getState();
export const longest: number = MAX_TEXT_LENGTH;
export const inFile = openNodeStore({ file: "im.sqlite" });
export const inBrowser = IndexedDbStore.open({ scope: "https://im.example.com" });

export const firstText = (message: Message): string | undefined =>
  message.content.kind === "text" ? message.content.text : undefined;

function Messages({ conversationId }: { conversationId: string }) {
  const { send } = useClient();
  const unread: number = useClientState(({ unreadTotal }) => unreadTotal);
  const window = useMessages(conversationId);
  // @ts-expect-error -- a message needs content
  send({ conversationId }).catch((error: unknown) => error instanceof ImError && error.code);
  return <p title={`${unread}`}>{window?.messages.map(firstText)}</p>;
}

export const page = (
  <ClientProvider value={client}>
    <Messages conversationId="c" />
  </ClientProvider>
);
