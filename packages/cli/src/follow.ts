import { createInterface } from "node:readline";
import type { ClientState, ImClient, MessageWindow } from "@im-webapp/client";
import type { ConversationId, Seq } from "@im-webapp/protocol";
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
  const end = client.subscribe(() => show(client, only, shown));
  show(client, only, shown);
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
  // What was typed is kept in any case, and is sent by the next `im` that finds the server.
  if (only !== undefined) await waitFor(client, "what was typed", () => windowOf(client, only)?.outgoing.length === 0);
}

function windowOf(client: ImClient, conversationId: ConversationId): MessageWindow | undefined {
  return client.getState().windows.get(client.resolveConversationId(conversationId));
}

function show(client: ImClient, only: ConversationId | undefined, shown: Map<ConversationId, Seq>): void {
  const state = client.getState();
  if (only !== undefined) return showWindow(client, state, client.resolveConversationId(only), shown);
  for (const conversation of state.conversations) {
    const { conversationId, lastMessage } = conversation;
    if (!lastMessage || lastMessage.seq <= (shown.get(conversationId) ?? 0)) continue;
    shown.set(conversationId, lastMessage.seq);
    process.stdout.write(`${plain(titleOf(state, conversation))} | ${messageLine(state, lastMessage)}\n`);
  }
}

function showWindow(client: ImClient, state: ClientState, id: ConversationId, shown: Map<ConversationId, Seq>): void {
  const window = state.windows.get(id);
  if (!window || window.loading === "first") return;
  for (const message of window.messages) {
    if (message.seq <= (shown.get(id) ?? 0)) continue;
    shown.set(id, message.seq);
    process.stdout.write(`${messageLine(state, message)}\n`);
  }
  const last = window.messages.at(-1);
  if (last) client.markRead(id, last.seq).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
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
