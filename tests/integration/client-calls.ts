import { type ClientState, type ConversationView, ImClient, type LocalStore } from "@im-webapp/client";
import type { Message } from "@im-webapp/protocol";
import { afterEach, expect } from "vitest";
import { Line, type Tap } from "../support/line.ts";
import { PASSWORD, type Person } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";

/** Programs that use the client library and the lines that they use, which close after each test. */
export interface Clients {
  /** One program (a page, a bot), started; `url` may be that of a line, the default is the server's. */
  start(url?: string, store?: LocalStore): Promise<ImClient>;
  /** The same with somebody signed in, on a device of its own unless the store is that of another program, and online. */
  signIn(person: Person, url?: string, store?: LocalStore): Promise<ImClient>;
  line(tap?: Tap): Promise<Line>;
}

/** Call it at the top of a file; `serverUrl` is asked when there is a server. */
export function useClients(serverUrl: () => string): Clients {
  const clients: ImClient[] = [];
  const lines: Line[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(lines.splice(0).map((line) => line.close()));
  });
  const start: Clients["start"] = async (url = serverUrl(), store) => {
    const client = new ImClient({ url, deviceName: "test", ...(store && { store }) });
    clients.push(client);
    await client.start();
    return client;
  };
  return {
    start,
    async signIn({ username }, url, store) {
      const client = await start(url, store);
      await client.login({ username, password: PASSWORD });
      await online(client);
      return client;
    },
    async line(tap) {
      const line = await Line.open(serverUrl(), tap);
      lines.push(line);
      return line;
    },
  };
}

export async function online(client: ImClient): Promise<void> {
  await until(client, ({ connection }) => connection.status === "online", "being online");
}

export async function until(client: ImClient, test: (state: ClientState) => boolean, what: string): Promise<void> {
  await waitFor(() => test(client.getState()), { what });
}

export function conversation(client: ImClient, conversationId: string): ConversationView | undefined {
  const id = client.resolveConversationId(conversationId);
  return client.getState().conversations.find((view) => view.conversationId === id);
}

/** What the window of a conversation shows, what is not sent yet in brackets. */
export function texts(client: ImClient, conversationId: string): string[] {
  const window = client.getState().windows.get(client.resolveConversationId(conversationId));
  const text = (content: { kind: string }): string =>
    "text" in content && typeof content.text === "string" ? content.text : content.kind;
  return [
    ...(window?.messages.map(({ content }) => text(content)) ?? []),
    ...(window?.outgoing.map(({ content }) => `[${text(content)}]`) ?? []),
  ];
}

export async function say(client: ImClient, conversationId: string, ...said: string[]): Promise<void> {
  for (const text of said) await client.send({ conversationId, content: { kind: "text", text } });
}

export async function shows(client: ImClient, conversationId: string, expected: readonly string[]): Promise<void> {
  const wanted = JSON.stringify(expected);
  await waitFor(() => JSON.stringify(texts(client, conversationId)) === wanted, {
    what: `a window of ${wanted}`,
  }).catch(() => undefined);
  expect(texts(client, conversationId)).toEqual(expected);
}

/** The whole of a conversation as its window shows it, scrolled to the beginning; the window stays open. */
export async function scroll(client: ImClient, conversationId: string): Promise<readonly Message[]> {
  if (!client.getState().windows.has(conversationId)) client.openConversation(conversationId);
  const window = () => client.getState().windows.get(conversationId);
  await waitFor(() => window()?.loading === "none" && window()?.more.after === false, { what: "a full window" });
  while (window()?.more.before) await client.loadBefore(conversationId);
  expect(window()?.error).toBeUndefined();
  return window()?.messages ?? [];
}
