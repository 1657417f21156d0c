import type { ConversationView, ImClient, MessageWindow } from "@im-webapp/client";
import type { Conversation, Message, WireError } from "@im-webapp/protocol";

/** Longest wait for a window to be filled, in milliseconds; one that is not by then is taken as it is. */
const FILL_TIMEOUT_MS = 5_000;

export interface WholeConversation {
  /** Without `changeSeq`, a position in large groups, which entries of the timeline do not carry. */
  readonly conversation: Omit<Conversation, "changeSeq">;
  /** All of it, oldest first. */
  readonly messages: readonly Message[];
  /** Texts that wait to be sent. */
  readonly waiting: readonly string[];
  readonly error?: WireError;
}

/** All that a user of this device can see, as plain data: of devices that have caught up it is the same. */
export interface Everything {
  readonly unreadTotal: number;
  /** In the order in which the list shows them. */
  readonly conversations: readonly WholeConversation[];
}

/** Scrolls through every conversation to its beginning. Runs in pages and in Node. */
export async function readEverything(client: ImClient): Promise<Everything> {
  const { conversations, unreadTotal } = client.getState();
  const whole: WholeConversation[] = [];
  for (const view of conversations) whole.push(await readConversation(client, view));
  return { unreadTotal, conversations: whole };
}

async function readConversation(client: ImClient, view: ConversationView): Promise<WholeConversation> {
  const { activeAt: _a, lastOutgoing: _o, receipts: _r, changeSeq: _c, ...conversation } = view;
  const id = conversation.conversationId;
  client.openConversation(id);
  try {
    await filled(client, id);
    for (let window = windowOf(client, id); window?.more.before && !window.error; window = windowOf(client, id)) {
      await client.loadBefore(id);
    }
    const { messages = [], outgoing = [], error } = windowOf(client, id) ?? {};
    return { conversation, messages, waiting: outgoing.map(({ content }) => textOf(content)), ...(error && { error }) };
  } finally {
    client.closeConversation(id);
  }
}

function windowOf(client: ImClient, conversationId: string): MessageWindow | undefined {
  return client.getState().windows.get(client.resolveConversationId(conversationId));
}

async function filled(client: ImClient, conversationId: string): Promise<void> {
  const isFilled = (): boolean => {
    const window = windowOf(client, conversationId);
    return window !== undefined && window.loading === "none" && !window.more.after;
  };
  if (isFilled()) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, FILL_TIMEOUT_MS);
    const stop = client.subscribe(() => {
      if (isFilled()) end();
    });
    function end(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

/** What a message says, or its kind where it says nothing in words. */
export function textOf(content: { readonly kind: string }): string {
  return "text" in content && typeof content.text === "string" ? content.text : content.kind;
}
