import { isDeepStrictEqual } from "node:util";
import { expect } from "@playwright/test";
import type { Conversation, Message } from "@im-webapp/protocol";
import { Connection } from "../support/connection.ts";
import { type Person, bootstrapAll, historyAll } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Tab } from "./tab.ts";

interface Told {
  readonly conversation: Pick<Conversation, "conversationId" | "lastSeq" | "readSeq" | "unread" | "lastMessage">;
  readonly messages: readonly Message[];
  /** Texts that wait to be sent. */
  readonly waiting: readonly string[];
}

function told(
  { conversationId, lastSeq, readSeq, unread, lastMessage }: Conversation,
  messages: readonly Message[],
  waiting: readonly string[],
): Told {
  return { conversation: { conversationId, lastSeq, readSeq, unread, lastMessage }, messages, waiting };
}

const byId = (a: Told, b: Told): number => a.conversation.conversationId.localeCompare(b.conversation.conversationId);

/** What a device that has never stored anything is told: conversations, positions, every message in its version. */
async function freshView(url: string, person: Person): Promise<Told[]> {
  const connection = await Connection.open(url, person.token);
  try {
    const { conversations } = await bootstrapAll(connection);
    const all = conversations.map(async (conversation) =>
      told(conversation, await historyAll(connection, conversation.conversationId), []),
    );
    return (await Promise.all(all)).toSorted(byId);
  } finally {
    connection.close();
  }
}

async function tabView(tab: Tab): Promise<Told[]> {
  const view: Told[] = [];
  for (const conversation of (await tab.shown()).conversations) {
    const { conversationId } = conversation;
    view.push(told(conversation, await tab.messages(conversationId), await tab.waiting(conversationId)));
  }
  return view.toSorted(byId);
}

/** The texts of a person's messages in one conversation, as the server has them. */
export async function textsOnServer(url: string, person: Person, conversationId: string): Promise<string[]> {
  const connection = await Connection.open(url, person.token);
  try {
    const messages = await historyAll(connection, conversationId);
    return messages.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
  } finally {
    connection.close();
  }
}

/**
 * Waits until the tab shows what the server has, and expects that: the same conversations, unread counts and read
 * positions, and every message once, in order and in its newest version, with nothing left waiting.
 */
export async function showsTheTruth(tab: Tab, url: string, person: Person): Promise<void> {
  let fresh: readonly Told[] = [];
  let shown: readonly Told[] = [];
  const plain = (view: readonly Told[]) => JSON.parse(JSON.stringify(view)) as unknown;
  const agree = async () => {
    [fresh, shown] = [await freshView(url, person), await tabView(tab)];
    return isDeepStrictEqual(plain(shown), plain(fresh));
  };
  await waitFor(agree, { what: "agreement with the server" }).catch(() => undefined);
  expect(shown).toEqual(fresh);
}
