import type { Conversation } from "@im-webapp/protocol";
import { setConversationResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { bootstrapAll, pullAll, sendText } from "../support/people.ts";
import { rest } from "../support/rest.ts";
import { codeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** Ann has said something to Bob, who is here with two devices. */
async function scene() {
  const [ann, bob, eve] = await at.people("Ann", "Bob", "Eve");
  const [anns, bobs, tablet, eves] = await at.connectAll(ann, bob, await bob.login(), eve);
  const { conversationId } = await sendText(anns, { userId: bob.userId }, "1");
  return { ann, bob, anns, bobs, tablet, eves, conversationId };
}

async function viewOf(connection: Connection, conversationId: string): Promise<Conversation> {
  const { conversations } = await bootstrapAll(connection);
  const view = conversations.find((conversation) => conversation.conversationId === conversationId);
  if (!view) throw new Error(`no conversation ${conversationId}`);
  return view;
}

/** How many entries a timeline has. */
const entriesOf = async (connection: Connection) => (await pullAll(connection)).length;

describe("conversation:set", () => {
  it("sets what it names, says how all stands, and tells the user's devices alone", async () => {
    const { anns, bobs, tablet, conversationId } = await scene();
    const others = await entriesOf(anns);
    const own = await entriesOf(bobs);
    const pinned = await bobs.ok("conversation:set", { conversationId, pinned: true });
    expect(setConversationResponse.strict().parse(pinned)).toEqual({
      pinned: true,
      notify: 0,
      muted: false,
      hidden: false,
      markedUnread: false,
      version: 1,
    });
    const silent = await tablet.ok("conversation:set", { conversationId, notify: 1, markedUnread: true });
    expect(silent).toMatchObject({ pinned: true, notify: 1, muted: true, markedUnread: true, version: 2 });
    for (const device of [bobs, tablet]) {
      const entries = (await pullAll(device)).slice(own);
      expect(entries.map(({ type }) => type)).toEqual(["conversation", "conversation"]);
      expect(entries.at(-1)).toMatchObject({
        conversation: { pinned: true, notify: 1, muted: true, markedUnread: true, settingsVersion: 2 },
      });
    }
    expect(await entriesOf(anns)).toBe(others);
    expect(await viewOf(anns, conversationId)).toMatchObject({ pinned: false, muted: false });
    const back = await bobs.ok("conversation:set", { conversationId, notify: 0 });
    expect(back).toMatchObject({ pinned: true, notify: 0, muted: false, version: 3 });
    expect(await viewOf(bobs, conversationId)).not.toHaveProperty("notify");
  });

  it("writes nothing when it changes nothing", async () => {
    const { bobs, conversationId } = await scene();
    const all = { conversationId, pinned: true, notify: -1, hidden: true, markedUnread: true } as const;
    const first = await bobs.ok("conversation:set", all);
    const before = await entriesOf(bobs);
    expect(await bobs.ok("conversation:set", all)).toEqual(first);
    expect(await bobs.ok("conversation:set", { conversationId, hidden: true })).toEqual(first);
    expect(await entriesOf(bobs)).toBe(before);
  });

  it("keeps a conversation hidden until a message comes, and for good where it is blocked", async () => {
    const { bob, anns, bobs, conversationId } = await scene();
    await bobs.ok("conversation:set", { conversationId, hidden: true });
    expect(await viewOf(bobs, conversationId)).toMatchObject({ hidden: true, hiddenSeq: 1 });
    await sendText(anns, { userId: bob.userId }, "2");
    expect(await viewOf(bobs, conversationId)).toMatchObject({ hidden: false, lastSeq: 2 });

    expect(await bobs.ok("conversation:set", { conversationId, hidden: true, notify: -1 })).toMatchObject({
      hidden: true,
    });
    await sendText(anns, { userId: bob.userId }, "3");
    expect(await viewOf(bobs, conversationId)).toMatchObject({ hidden: true, lastSeq: 3, unread: 3 });
    // Hearing of it again does not show it by itself; only what comes from then on does.
    expect(await bobs.ok("conversation:set", { conversationId, notify: 0 })).toMatchObject({ hidden: true });
    await sendText(anns, { userId: bob.userId }, "4");
    expect(await viewOf(bobs, conversationId)).toMatchObject({ hidden: false });
    await bobs.ok("conversation:set", { conversationId, hidden: true });
    expect(await bobs.ok("conversation:set", { conversationId, hidden: false })).toMatchObject({ hidden: false });
  });

  it("takes the mark of being unread away with the next reading or sending, on whatever device", async () => {
    const { bobs, tablet, conversationId } = await scene();
    const marked = async () => (await viewOf(bobs, conversationId)).markedUnread ?? false;
    await bobs.ok("read:mark", { conversationId, seq: 1 });
    await bobs.ok("conversation:set", { conversationId, markedUnread: true });
    expect(await marked()).toBe(true);
    // A position that does not move is a reading as well, and is told of.
    const before = await entriesOf(bobs);
    await tablet.ok("read:mark", { conversationId, seq: 1 });
    expect(await marked()).toBe(false);
    expect((await pullAll(bobs)).slice(before)).toMatchObject([{ type: "conversation" }]);
    await tablet.ok("read:mark", { conversationId, seq: 1 });
    expect(await entriesOf(bobs)).toBe(before + 1);

    await bobs.ok("conversation:set", { conversationId, markedUnread: true });
    await sendText(tablet, { conversationId }, "2");
    expect(await marked()).toBe(false);
  });

  it("keeps what calls of one moment set, each in its order", async () => {
    const { bobs, tablet, conversationId } = await scene();
    await Promise.all([
      bobs.ok("conversation:set", { conversationId, markedUnread: true }),
      bobs.ok("conversation:set", { conversationId, pinned: true }),
      bobs.ok("read:mark", { conversationId, seq: 1 }),
      tablet.ok("conversation:set", { conversationId, notify: 1 }),
      tablet.ok("draft:set", { conversationId, text: "begun", at: 1 }),
    ]);
    const view = await viewOf(bobs, conversationId);
    expect(view).toMatchObject({ pinned: true, notify: 1, readSeq: 1, draft: "begun", settingsVersion: 3 });
    expect(view.markedUnread).toBeUndefined();
  });

  it("is nobody's who never was in the conversation, and stays with one who left", async () => {
    const { ann, bob, anns, bobs, eves, conversationId } = await scene();
    expect(await codeOf(eves, "conversation:set", { conversationId, pinned: true })).toBe("NOT_FOUND");
    expect(await codeOf(eves, "conversation:set", { conversationId: "nowhere", pinned: true })).toBe("NOT_FOUND");
    expect(await codeOf(eves, "draft:set", { conversationId, text: "x", at: 1 })).toBe("NOT_FOUND");
    expect(await codeOf(eves, "history:find", { conversationId, at: 0 })).toBe("NOT_FOUND");
    expect(await codeOf(bobs, "conversation:set", { conversationId })).toBe("BAD_REQUEST");
    expect(await codeOf(bobs, "conversation:set", { conversationId, notify: 2 })).toBe("BAD_REQUEST");

    const body = { name: "Team", memberIds: [bob.userId] };
    const group = (await rest(at.url, "POST", "/api/v1/groups", { token: ann.token, body })).body as {
      groupId: string;
      conversationId: string;
    };
    await rest(at.url, "DELETE", `/api/v1/groups/${group.groupId}/members/${bob.userId}`, { token: bob.token });
    const kept = { conversationId: group.conversationId };
    expect(await bobs.ok("conversation:set", { ...kept, pinned: true, hidden: true })).toMatchObject({ hidden: true });
    await sendText(anns, kept, "without Bob");
    expect(await viewOf(bobs, group.conversationId)).toMatchObject({ left: true, pinned: true, hidden: true });
  });
});

describe("draft:set", () => {
  const draftOf = async (connection: Connection, conversationId: string) => {
    const { draft, draftAt } = await viewOf(connection, conversationId);
    return { draft, draftAt };
  };

  it("keeps the text that was typed last, whichever comes first", async () => {
    const { bobs, tablet, conversationId } = await scene();
    expect(await bobs.ok("draft:set", { conversationId, text: "later", at: 2_000 })).toEqual({
      text: "later",
      at: 2_000,
    });
    const before = await entriesOf(bobs);
    // Typed before, and without having seen the other.
    expect(await tablet.ok("draft:set", { conversationId, text: "earlier", at: 1_000 })).toEqual({
      text: "later",
      at: 2_000,
    });
    expect(await entriesOf(bobs)).toBe(before);
    // A slow clock does not matter to one who has seen it.
    const seen = await tablet.ok("draft:set", { conversationId, text: "later still", at: 1_000, base: 2_000 });
    expect(seen).toEqual({ text: "later still", at: 2_001 });
    expect(await draftOf(bobs, conversationId)).toEqual({ draft: "later still", draftAt: 2_001 });
    expect(await entriesOf(bobs)).toBe(before + 1);
    // Nor does a repeat, whose answer was lost.
    expect(await tablet.ok("draft:set", { conversationId, text: "later still", at: 1_000, base: 2_000 })).toEqual(seen);
    expect(await entriesOf(bobs)).toBe(before + 1);
  });

  it("does not let a clock that is ahead hold the draft", async () => {
    const { bobs, tablet, conversationId } = await scene();
    const now = Date.now();
    const ahead = await bobs.ok("draft:set", { conversationId, text: "from the future", at: now + 86_400_000 });
    expect(ahead.at - now).toBeLessThan(60_000);
    const seen = { conversationId, text: "of one who has seen it", at: 0, base: ahead.at };
    expect(await tablet.ok("draft:set", seen)).toEqual({ text: seen.text, at: ahead.at + 1 });
  });

  it("is emptied, bounded, and for nobody else to see", async () => {
    const { anns, bobs, conversationId } = await scene();
    await bobs.ok("draft:set", { conversationId, text: "secret", at: 5 });
    expect(await viewOf(anns, conversationId)).not.toHaveProperty("draft");
    expect(await bobs.ok("draft:set", { conversationId, text: "", at: 6 })).toEqual({ text: "", at: 6 });
    expect(await draftOf(bobs, conversationId)).toEqual({ draft: undefined, draftAt: 6 });
    expect(await codeOf(bobs, "draft:set", { conversationId, text: "x".repeat(8_001), at: 7 })).toBe("BAD_REQUEST");
    expect(await codeOf(bobs, "draft:set", { conversationId, text: "x".repeat(8_000), at: 7 })).toBe("ok");
  });
});

describe("the conversation with oneself", () => {
  it("has one member, one entry of each message, and nothing unread", async () => {
    const bob = await at.person("Bob");
    const [phone, desk] = await at.connectAll(bob, await bob.login());
    const { conversationId } = await sendText(phone, { userId: bob.userId }, "remember");
    await sendText(desk, { userId: bob.userId }, "the milk");
    for (const device of [phone, desk]) {
      const entries = await pullAll(device);
      expect(entries.map(({ type }) => type)).toEqual(["conversation", "message", "message"]);
      expect(await viewOf(device, conversationId)).toMatchObject({
        type: "direct",
        peerId: bob.userId,
        lastSeq: 2,
        readSeq: 2,
        unread: 0,
      });
    }
    expect(await phone.ok("conversation:set", { conversationId, pinned: true })).toMatchObject({ pinned: true });
  });
});

describe("history:find", () => {
  it("finds the first message of a time, within what the caller may see", async () => {
    const { ann, bob, anns, bobs } = await scene();
    const body = { name: "Team", memberIds: [] };
    const group = (await rest(at.url, "POST", "/api/v1/groups", { token: ann.token, body })).body as {
      groupId: string;
      conversationId: string;
    };
    const { conversationId } = group;
    for (let n = 0; n < 60; n += 1) await sendText(anns, { conversationId }, String(n));
    const add = { token: ann.token, body: { userIds: [bob.userId] } };
    await rest(at.url, "POST", `/api/v1/groups/${group.groupId}/members`, add);
    for (let n = 60; n < 100; n += 1) await sendText(anns, { conversationId }, String(n));
    const { messages } = await anns.ok("history:pull", { conversationId, limit: 500 });
    const seen = (await bobs.ok("history:pull", { conversationId, limit: 500 })).messages;
    for (const { sentAt } of messages.filter((_, index) => index % 7 === 0)) {
      const first = (list: typeof messages, since: number) => list.find((message) => message.sentAt >= since)?.seq;
      for (const time of [sentAt, sentAt + 1]) {
        expect(await anns.ok("history:find", { conversationId, at: time })).toEqual({ seq: first(messages, time) });
        expect(await bobs.ok("history:find", { conversationId, at: time })).toEqual({ seq: first(seen, time) });
      }
    }
    const last = messages.at(-1)?.sentAt ?? 0;
    expect(await anns.ok("history:find", { conversationId, at: last + 1 })).toEqual({});
    expect(await anns.ok("history:find", { conversationId, at: 0 })).toEqual({ seq: 1 });
  });
});
