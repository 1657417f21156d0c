import type { ImClient } from "@im-webapp/client";
import { rememberServer, withClient } from "./home.ts";
import { follow } from "./follow.ts";
import { conversationLine } from "./lines.ts";
import { askPassword } from "./password.ts";
import { conversationOf } from "./target.ts";
import { online, waitFor } from "./wait.ts";

export const USAGE = `im: chat on the command line

  im login URL NAME [--register]   sign in, or make an account first; IM_PASSWORD or a prompt gives the password
  im list                          conversations, unread first
  im send TO TEXT...               TO: a user's name, or a conversation's title
  im follow [TO]                   shows messages as they come; with TO, each line typed is sent there
  im logout                        ends the session and erases what is kept here
`;

/** What each word does with the words after it. */
export const COMMANDS = { login, list, send, follow: followCommand, logout } as const;

async function login(words: readonly string[]): Promise<void> {
  const [url, username] = words.filter((word) => !word.startsWith("--"));
  if (url === undefined || username === undefined) throw new Error("im login URL NAME [--register]");
  await rememberServer(url);
  const password = await askPassword();
  await withClient(async (client) => {
    const me = words.includes("--register")
      ? await client.register({ username, password, displayName: username })
      : await client.login({ username, password });
    process.stdout.write(`Signed in as ${me.displayName}.\n`);
  });
}

async function list(): Promise<void> {
  await withClient(async (client) => {
    // What is kept here is shown also without a network.
    if (client.getState().me) await online(client).catch(notUpToDate);
    const state = client.getState();
    if (!state.me) throw new Error("nobody is signed in here: im login URL NAME");
    const sorted = state.conversations.toSorted((a, b) => Number(b.unread > 0) - Number(a.unread > 0));
    for (const conversation of sorted) process.stdout.write(`${conversationLine(state, conversation)}\n`);
    if (sorted.length === 0) process.stdout.write("No conversations yet. Begin one: im send NAME hello\n");
  });
}

function notUpToDate(error: unknown): void {
  process.stderr.write(`Not up to date (${error instanceof Error ? error.message : String(error)})\n`);
}

async function send([to, ...words]: readonly string[]): Promise<void> {
  const text = words.join(" ");
  if (to === undefined || text === "") throw new Error("im send TO TEXT...");
  await withClient(async (client) => {
    await online(client);
    const conversationId = await conversationOf(client, to);
    const id = await client.send({ conversationId, content: { kind: "text", text } });
    await sent(client, conversationId, id);
  });
}

/** Waits until the server has the message. */
async function sent(client: ImClient, conversationId: string, clientMessageId: string): Promise<void> {
  client.openConversation(conversationId);
  const outgoing = () =>
    client
      .getState()
      .windows.get(client.resolveConversationId(conversationId))
      ?.outgoing.find((message) => message.clientMessageId === clientMessageId);
  await waitFor(client, "the message", ({ windows }) => {
    const status = outgoing()?.status;
    return status === "failed" || (status === undefined && windows.has(client.resolveConversationId(conversationId)));
  });
  const failed = outgoing();
  if (failed?.error) throw new Error(`not sent: ${failed.error.message}`);
}

async function followCommand([to]: readonly string[]): Promise<void> {
  await withClient((client) => follow(client, to));
}

async function logout(): Promise<void> {
  await withClient((client) => client.logout());
  process.stdout.write("Signed out.\n");
}
