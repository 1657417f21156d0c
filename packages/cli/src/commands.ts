import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { rememberServer, withClient } from "./home.ts";
import { follow } from "./follow.ts";
import { conversationLine } from "./lines.ts";
import { askPassword } from "./password.ts";
import { conversationOf } from "./target.ts";
import { sent } from "./sent.ts";
import { online } from "./wait.ts";

export const USAGE = `im: chat on the command line

  im login URL NAME [--register]   sign in, or make an account first; IM_PASSWORD or a prompt gives the password
  im list                          conversations, unread first
  im send TO TEXT...               TO: a user's name, or a conversation's title
  im send TO --file PATH [TEXT...] a file, and what is said with it
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

async function send([to, ...rest]: readonly string[]): Promise<void> {
  const { path, text } = fileAndText(rest);
  if (to === undefined || (text === "" && path === undefined)) throw new Error("im send TO [--file PATH] TEXT...");
  // A path that leads nowhere should not wait for the network.
  const file = path === undefined ? undefined : new Blob([await readFile(path)]);
  await withClient(async (client) => {
    await online(client);
    const conversationId = await conversationOf(client, to);
    const ids: string[] = [];
    if (file && path !== undefined) {
      ids.push(await client.sendFile({ conversationId, file, name: basename(path), as: "file" }));
    }
    if (text !== "") {
      ids.push(await client.send({ conversationId, content: { kind: "text", text }, afterFiles: true }));
    }
    client.openConversation(conversationId);
    for (const id of ids) await sent(client, conversationId, id);
  });
}

/** What stands after the name: the path that follows `--file`, and the text in all other words. */
function fileAndText(words: readonly string[]): { path: string | undefined; text: string } {
  const at = words.indexOf("--file");
  if (at === -1) return { path: undefined, text: words.join(" ") };
  const path = words[at + 1];
  if (path === undefined) throw new Error("im send TO --file PATH [TEXT...]");
  return { path, text: words.toSpliced(at, 2).join(" ") };
}

async function followCommand([to]: readonly string[]): Promise<void> {
  await withClient((client) => follow(client, to));
}

async function logout(): Promise<void> {
  await withClient((client) => client.logout());
  process.stdout.write("Signed out.\n");
}
