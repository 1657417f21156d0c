import { randomUUID } from "node:crypto";
import type { ImClient, MessageWindow } from "@im-webapp/client";
import { describe, expect, it } from "vitest";
import { waitFor } from "../support/wait-for.ts";
import { conversation, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer({ FANOUT_MAX_MEMBERS: "3" });
const clients = useClients(() => at.url);

const MESSAGES = 320;

/** Bob's chat of `MESSAGES` texts, each with its `seq` in it, and somebody with the client library who joins it at `joined`. */
async function past(joined: number) {
  const [annPerson, bob] = await at.people("Ann", "Bob");
  const [bobs] = await at.connectAll(bob);
  const { groupId, conversationId } = await bob.createGroup("Past", joined === 0 ? [annPerson] : []);
  // The group's beginning is its first message, and Ann's joining is one.
  for (let seq = 2; seq <= MESSAGES; seq += 1) {
    if (seq === joined) {
      await bob.rest("POST", `/api/v1/groups/${groupId}/members`, { userIds: [annPerson.userId] });
      continue;
    }
    const to = { conversationId };
    const content = { kind: "text" as const, text: `message ${seq}` };
    await bobs.ok("message:send", { clientMessageId: randomUUID(), to, content });
  }
  const ann = await clients.signIn(annPerson);
  await waitFor(() => conversation(ann, conversationId)?.lastSeq === MESSAGES, { what: "the whole chat at Ann's" });
  ann.openConversation(conversationId);
  const window = (): MessageWindow => ann.getState().windows.get(conversationId)!;
  await until(ann, () => window().loading === "none" && window().atEnd, "the newest messages");
  const say = (text: string) =>
    bobs.ok("message:send", {
      clientMessageId: randomUUID(),
      to: { conversationId },
      content: { kind: "text", text },
    });
  return { ann, bobs, conversationId, window, say };
}

const span = ({ messages }: MessageWindow) => [messages[0]?.seq, messages.at(-1)?.seq, messages.length];

async function toEnd(client: ImClient, conversationId: string, window: () => MessageWindow): Promise<void> {
  for (let pages = 0; !window().atEnd && pages < 20; pages += 1) await client.loadAfter(conversationId);
}

describe("a client's window", () => {
  it("goes to a place, on from there in both directions, and live at the end", async () => {
    const { ann, bobs, conversationId, window, say } = await past(0);
    await ann.showAround(conversationId, 100);
    expect(span(window())).toEqual([76, 125, 50]);
    expect(window()).toMatchObject({ around: 100, more: { before: true, after: true } });
    await say("meanwhile");
    await until(ann, () => conversation(ann, conversationId)?.lastSeq === MESSAGES + 1, "the news");
    await bobs.ok("message:edit", { conversationId, seq: 101, content: { kind: "text", text: "changed" } });
    await until(ann, () => window().messages[25]?.version === 2, "the change");
    expect(span(window())).toEqual([76, 125, 50]);

    await ann.loadBefore(conversationId);
    await ann.loadBefore(conversationId);
    expect(window().more.before).toBe(false);
    await toEnd(ann, conversationId, window);
    expect(span(window())).toEqual([1, MESSAGES + 1, MESSAGES + 1]);
    await say("live");
    await until(ann, () => window().messages.at(-1)?.seq === MESSAGES + 2, "what is said at the end");

    await ann.showAround(conversationId, 10);
    await ann.showNewest(conversationId);
    expect(window()).toMatchObject({ atEnd: true, more: { after: false } });
    expect(window()).not.toHaveProperty("around");
  });

  it("says that what is from before one's joining, or beyond the end, cannot be seen", async () => {
    const { ann, conversationId, window } = await past(120);
    for (const seq of [119, MESSAGES + 50]) {
      await ann.showAround(conversationId, seq);
      expect(window()).toMatchObject({ messages: [], around: seq, error: { code: "NOT_FOUND" } });
    }
    await ann.showAround(conversationId, 120);
    expect(window().messages[0]?.seq).toBe(120);
    expect(window().more).toEqual({ before: false, after: true });
    await toEnd(ann, conversationId, window);
    expect(span(window())).toEqual([120, MESSAGES, MESSAGES - 119]);
  });
});
