import { createInterface } from "node:readline";
import type { ClientState, ImClient, MessageWindow } from "@im-webapp/client";
import type { ConversationId, Message, Seq } from "@im-webapp/protocol";
import { messageLine, plain, titleOf } from "./lines.ts";
import { conversationOf } from "./target.ts";
import { online, waitFor } from "./wait.ts";

/**
 * Shows messages as they come until the input ends or the user interrupts; with `to`, only those of that conversation,
 * which each line of the input is sent to.
 */
export async function follow(client: ImClient, to: string | undefined): Promise<void> {
  await online(client);
  const only = to === undefined ? undefined : await conversationOf(client, to);
  const shown = new Map<ConversationId, Seq>();
  for (const { conversationId, lastSeq } of client.getState().conversations) shown.set(conversationId, lastSeq);
  if (only !== undefined) {
    shown.delete(client.resolveConversationId(only));
    client.openConversation(only);
  }
  const print = printer(client);
  const end = client.subscribe(() => show(client, only, shown, print));
  show(client, only, shown, print);
  if (only !== undefined) {
    await waitFor(client, "the conversation", () => {
      const window = windowOf(client, only);
      return window !== undefined && window.loading !== "first";
    });
  }
  await ended((line) => {
    if (only === undefined || line.trim() === "") return;
    client
      .send({ conversationId: only, content: { kind: "text", text: line } })
      .catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  });
  end();
  await print.done();
  // What was typed is kept in any case, and is sent by the next `im` that finds the server.
  if (only !== undefined) await waitFor(client, "what was typed", () => windowOf(client, only)?.outgoing.length === 0);
}

function windowOf(client: ImClient, conversationId: ConversationId): MessageWindow | undefined {
  return client.getState().windows.get(client.resolveConversationId(conversationId));
}

interface Printer {
  /** Prints a line about a message once its sender's name is known, or cannot be; lines stay in order. */
  readonly line: (message: Message, text: (state: ClientState) => string) => void;
  /** Resolves once all lines are printed. */
  readonly done: () => Promise<void>;
}

function printer(client: ImClient): Printer {
  let printed = Promise.resolve();
  return {
    line: (message, text) => {
      printed = printed.then(async () => {
        await client.loadUsers([message.senderId]).catch(() => undefined);
        process.stdout.write(`${text(client.getState())}\n`);
      });
    },
    done: () => printed,
  };
}

function show(
  client: ImClient,
  only: ConversationId | undefined,
  shown: Map<ConversationId, Seq>,
  print: Printer,
): void {
  const state = client.getState();
  if (only !== undefined)
    return showWindow(client, state.windows.get(client.resolveConversationId(only)), shown, print);
  for (const conversation of state.conversations) {
    const { conversationId, lastMessage } = conversation;
    if (!lastMessage || lastMessage.seq <= (shown.get(conversationId) ?? 0)) continue;
    shown.set(conversationId, lastMessage.seq);
    print.line(lastMessage, (now) => `${plain(titleOf(now, conversation))} | ${messageLine(now, lastMessage)}`);
  }
}

function showWindow(
  client: ImClient,
  window: MessageWindow | undefined,
  shown: Map<ConversationId, Seq>,
  print: Printer,
): void {
  if (!window || window.loading === "first") return;
  for (const message of window.messages) {
    if (message.seq <= (shown.get(message.conversationId) ?? 0)) continue;
    shown.set(message.conversationId, message.seq);
    print.line(message, (now) => messageLine(now, message));
  }
  const last = window.messages.at(-1);
  if (!last) return;
  client.markRead(last.conversationId, last.seq).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}

/** Resolves at the end of the input, or when the user interrupts. */
function ended(line: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin });
    lines.on("line", line);
    lines.once("close", resolve);
    process.once("SIGINT", () => {
      lines.close();
      resolve();
    });
  });
}
