import { isDeepStrictEqual } from "node:util";
import { ImClient, MemoryStore } from "@im-webapp/client";
import { expect } from "@playwright/test";
import { PASSWORD, type Person } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Everything, readEverything, textOf } from "./everything.ts";
import type { Tab } from "./tab.ts";

/** Longest time that a page may take to catch up once its fault is over, in milliseconds. */
const CONVERGENCE_MS = 20_000;

/**
 * Waits until the page shows what a fresh device of the same user is given by the server: the same conversations in the
 * same order, messages, versions, unread counts and read positions, and nothing waiting. Expects of it that no message
 * is missing or there twice.
 */
export async function showsTheTruth(tab: Tab, person: Person): Promise<Everything> {
  const fresh = new ImClient({ url: person.url, deviceName: "a fresh one", store: new MemoryStore() });
  try {
    await fresh.start();
    await fresh.login({ username: person.username, password: PASSWORD });
    await waitFor(() => fresh.getState().connection.status === "online", { what: "the fresh device" });
    let [shown, truth] = [await tab.everything(), await readEverything(fresh)];
    await waitFor(
      async () => {
        [shown, truth] = await Promise.all([tab.everything(), readEverything(fresh)]);
        return isDeepStrictEqual(shown, truth);
      },
      { timeoutMs: CONVERGENCE_MS, what: "the truth" },
    ).catch(() => undefined);
    expect(shown).toEqual(truth);
    for (const { conversation, messages } of truth.conversations) {
      const first = messages[0]?.seq ?? 1;
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => first + index));
      expect(messages.at(-1)?.seq).toBe(conversation.lastSeq);
    }
    return truth;
  } finally {
    await fresh.close();
  }
}

/** The texts of one sender, in the order of the conversations and in them of the server. */
export function textsBy({ conversations }: Everything, senderId: string): string[] {
  return conversations.flatMap(({ messages }) =>
    messages.filter((message) => message.senderId === senderId).map(({ content }) => textOf(content)),
  );
}

export function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
}
