import { randomUUID } from "node:crypto";
import { MAX_CUSTOM_BYTES, MAX_TEXT_LENGTH, type Target, message, sendResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import { codeOf, textOf, textsOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** Two people with a socket each, who have not talked yet. */
async function strangers() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  return { ann, bob, anns, bobs };
}

const send = (to: Target, content: unknown, more: object = {}) => ({
  clientMessageId: randomUUID(),
  to,
  content,
  ...more,
});

/** The only conversation that somebody has. */
async function onlyConversation(connection: Connection) {
  const { conversations } = await bootstrapAll(connection);
  expect(conversations).toHaveLength(1);
  return conversations[0]!;
}

describe("a message", () => {
  it("is acknowledged with its place, and nothing else", async () => {
    const { bob, anns } = await strangers();
    const before = Date.now();
    const sent = sendResponse.strict().parse(await sendText(anns, { userId: bob.userId }, "hello"));
    expect(sent).toMatchObject({ seq: 1, duplicate: false });
    expect(sent.sentAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(sent.sentAt).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(await sendText(anns, { userId: bob.userId }, "again")).toMatchObject({
      conversationId: sent.conversationId,
      seq: 2,
    });
  });

  it("gives both the conversation first and then the message, by pull as by push", async () => {
    const { ann, bob, anns, bobs } = await strangers();
    const sent = await sendText(anns, { userId: bob.userId }, "hello");
    await Promise.all([anns.pushedText("hello"), bobs.pushedText("hello")]);

    const [annEntries, bobEntries] = await Promise.all([pullAll(anns), pullAll(bobs)]);
    for (const [peer, title, pushed, entries] of [
      [bob, "Bob", anns.pushed, annEntries],
      [ann, "Ann", bobs.pushed, bobEntries],
    ] as const) {
      expect(entries.map(({ seq, type }) => [seq, type])).toEqual([
        [1, "conversation"],
        [2, "message"],
      ]);
      expect(pushed).toEqual(entries);
      const [first, second] = entries;
      expect(first).toMatchObject({
        conversation: { conversationId: sent.conversationId, type: "direct", peerId: peer.userId, title },
      });
      expect(second).toMatchObject({ at: sent.sentAt });
      const stored = second!.type === "message" ? second!.message : undefined;
      expect(message.strict().parse(stored)).toMatchObject({
        messageId: sent.messageId,
        seq: 1,
        senderId: ann.userId,
        sentAt: sent.sentAt,
        version: 1,
        content: { kind: "text", text: "hello" },
      });
    }
  });

  it("is unread to the other and read by its sender, who gets no read entry for it", async () => {
    const { ann, bob, anns, bobs } = await strangers();
    for (const text of ["one", "two"]) await sendText(anns, { userId: bob.userId }, text);
    expect(await onlyConversation(anns)).toMatchObject({ lastSeq: 2, readSeq: 2, unread: 0 });
    expect(await onlyConversation(bobs)).toMatchObject({ lastSeq: 2, readSeq: 0, unread: 2 });

    await sendText(bobs, { userId: ann.userId }, "three");
    expect(await onlyConversation(bobs)).toMatchObject({ lastSeq: 3, readSeq: 3, unread: 0 });
    expect(await onlyConversation(anns)).toMatchObject({ lastSeq: 3, readSeq: 2, unread: 1 });
    for (const connection of [anns, bobs]) {
      expect((await pullAll(connection)).filter(({ type }) => type === "read" || type === "receipt")).toEqual([]);
    }
  });

  it("reaches the sender's other devices, online or not", async () => {
    const { ann, bob, anns } = await strangers();
    const [tablet, laptop] = await Promise.all([ann.login(), ann.login()]);
    const tablets = await at.connect(tablet);
    await sendText(anns, { userId: bob.userId }, "from my phone");
    await tablets.pushedText("from my phone");
    const laptops = await at.connect(laptop);
    expect(laptops.ready.head).toBe(2);
    expect(textsOf(await pullAll(laptops))).toEqual(["from my phone"]);
  });

  it("may go to oneself: one entry, nothing unread", async () => {
    const ann = await at.person("Ann");
    const anns = await at.connect(ann);
    const { conversationId } = await sendText(anns, { userId: ann.userId }, "note to self");
    await sendText(anns, { conversationId }, "another");
    expect((await pullAll(anns)).map(({ type }) => type)).toEqual(["conversation", "message", "message"]);
    expect(await onlyConversation(anns)).toMatchObject({ peerId: ann.userId, lastSeq: 2, unread: 0 });
  });
});

describe("first messages", () => {
  it("from both sides at once meet in one conversation", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ann, bob, anns, bobs } = await strangers();
      const [one, other] = await Promise.all([
        sendText(anns, { userId: bob.userId }, "me first"),
        sendText(bobs, { userId: ann.userId }, "no, me"),
      ]);
      expect(one.conversationId).toBe(other.conversationId);
      expect([one.seq, other.seq].toSorted((a, b) => a - b)).toEqual([1, 2]);
      const [annEntries, bobEntries] = await Promise.all([pullAll(anns), pullAll(bobs)]);
      for (const entries of [annEntries, bobEntries]) {
        expect(entries.map(({ type }) => type)).toEqual(["conversation", "message", "message"]);
      }
      expect(textsOf(annEntries)).toEqual(textsOf(bobEntries));
    }
  });
});

describe("calls of one socket", () => {
  it("take effect in the order in which they were sent, however they name the conversation", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { bob, anns, bobs } = await strangers();
      const { conversationId } = await sendText(anns, { userId: bob.userId }, "0");
      const targets = [
        { userId: bob.userId },
        { conversationId },
        { userId: bob.userId },
        { conversationId },
        { conversationId },
      ];
      const sent = await Promise.all(targets.map((to, index) => sendText(anns, to, String(index + 1))));
      expect(sent.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
      expect((await historyAll(bobs, conversationId)).map(textOf)).toEqual(["0", "1", "2", "3", "4", "5"]);
    }
  });

  it("keep their order from the very first one on", async () => {
    const { bob, anns, bobs } = await strangers();
    const sent = await Promise.all(
      Array.from({ length: 5 }, (_, index) => sendText(anns, { userId: bob.userId }, String(index))),
    );
    expect(sent.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(textsOf(await pullAll(bobs))).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("see what those before them did: a send, then a read of it", async () => {
    const { bob, anns, bobs } = await strangers();
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "first");
    const [, read] = await Promise.all([
      sendText(bobs, { conversationId }, "mine"),
      bobs.ok("read:mark", { conversationId, seq: 2 }),
    ]);
    expect(read).toEqual({ readSeq: 2, unread: 0 });
  });
});

describe("content", () => {
  it("of each kind comes back as it was sent", async () => {
    const { bob, anns, bobs } = await strangers();
    const contents = [
      { kind: "text", text: "中文 👩‍👩‍👧‍👦 \u{1F600}\n\ttabs, 'quotes' \"and\" \\backslashes\\ :name ? $1 %s" },
      { kind: "text", text: "x".repeat(MAX_TEXT_LENGTH) },
      { kind: "text", text: "𠮷".repeat(MAX_TEXT_LENGTH / 2) },
      { kind: "location", lat: 31.2304, lng: 121.4737, name: "上海" },
      { kind: "location", lat: -90, lng: 180 },
      {
        kind: "custom",
        type: "poll",
        data: { question: "where?", options: ["here", null, 1.5, true, { deep: [[]] }] },
      },
      { kind: "custom", type: "nothing", data: null },
      { kind: "custom", type: "big", data: "d".repeat(MAX_CUSTOM_BYTES - 2) },
    ];
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
    for (const content of contents)
      expect(await codeOf(anns, "message:send", send({ conversationId }, content))).toBe("ok");
    const history = await historyAll(bobs, conversationId);
    expect(history.slice(1).map(({ content }) => content)).toEqual(contents);
    const pulled = (await pullAll(bobs)).flatMap((entry) => (entry.type === "message" ? [entry.message] : []));
    expect(pulled).toEqual(history);
  });

  it("that is too large, or wrong, is refused by code", async () => {
    const { bob, anns } = await strangers();
    const to = { userId: bob.userId };
    const text = (value: unknown) => ({ kind: "text", text: value });
    const tooLong = text("x".repeat(MAX_TEXT_LENGTH + 1));
    const refusals: [string, unknown][] = [
      ["TOO_LARGE", send(to, tooLong)],
      ["TOO_LARGE", send(to, text("𠮷".repeat(MAX_TEXT_LENGTH / 2 + 1)))],
      ["TOO_LARGE", send(to, { kind: "custom", type: "big", data: "d".repeat(MAX_CUSTOM_BYTES - 1) })],
      ["BAD_REQUEST", { ...send(to, tooLong), clientMessageId: "7" }],
      ["BAD_REQUEST", send(to, text(""))],
      ["BAD_REQUEST", send(to, { kind: "system", event: "member.left", by: bob.userId })],
      ["NOT_FOUND", send(to, { kind: "image", fileId: "f" })],
      ["BAD_REQUEST", send(to, { kind: "hologram", fileId: "f" })],
      ["BAD_REQUEST", send(to, { kind: "location", lat: 91, lng: 0 })],
      ["BAD_REQUEST", send({ ...to, conversationId: "x" }, text("both"))],
      ["BAD_REQUEST", send({} as Target, text("nobody"))],
    ];
    for (const [code, payload] of refusals) {
      expect([code, JSON.stringify(payload).slice(0, 200)]).toEqual([
        await codeOf(anns, "message:send", payload),
        JSON.stringify(payload).slice(0, 200),
      ]);
    }
    expect(await pullAll(anns)).toEqual([]);
  });

  it("may name people, and answer a message that its sender can see", async () => {
    const { bob, anns, bobs } = await strangers();
    const { conversationId, seq } = await sendText(anns, { userId: bob.userId }, "hello");
    const named = { replyTo: seq, mentions: [bob.userId] };
    await anns.ok("message:send", { ...send({ conversationId }, { kind: "text", text: "re" }, named) } as never);
    const to = { conversationId };
    await anns.ok("message:send", send(to, { kind: "text", text: "all" }, { mentions: "all" }) as never);
    const [, reply, all] = await historyAll(bobs, conversationId);
    expect(reply).toMatchObject(named);
    expect(all).toMatchObject({ mentions: "all" });

    for (const [replyTo, code] of [
      [4, "NOT_FOUND"],
      [999, "NOT_FOUND"],
      [0, "BAD_REQUEST"],
      [-1, "BAD_REQUEST"],
    ] as const) {
      expect(await codeOf(bobs, "message:send", send(to, { kind: "text", text: "re" }, { replyTo }))).toBe(code);
    }
    expect(await onlyConversation(bobs)).toMatchObject({ lastSeq: 3 });
  });
});

describe("what somebody may not know", () => {
  it("answers as if it did not exist", async () => {
    const { bob, anns, bobs } = await strangers();
    const cids = await at.connect(await at.person("Cid"));
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "private");
    const text = { kind: "text", text: "let me in" };
    const nobody = "nobody-has-this-id";
    const calls = [
      ["message:send", send({ conversationId }, text), send({ conversationId: nobody }, text)],
      ["history:pull", { conversationId }, { conversationId: nobody }],
      ["read:mark", { conversationId, seq: 1 }, { conversationId: nobody, seq: 1 }],
    ] as const;
    for (const [event, foreign, absent] of calls) {
      expect([event, await codeOf(cids, event, foreign)]).toEqual([event, "NOT_FOUND"]);
      expect([event, await codeOf(cids, event, absent)]).toEqual([event, "NOT_FOUND"]);
    }
    expect(await codeOf(cids, "message:send", send({ userId: nobody }, text))).toBe("NOT_FOUND");
    expect(await codeOf(cids, "message:send", send({ groupId: nobody }, text))).toBe("NOT_FOUND");
    expect(await codeOf(cids, "message:send", send({ userId: "system" }, text))).toBe("NOT_FOUND");
    expect(await pullAll(cids)).toEqual([]);
    expect(await onlyConversation(bobs)).toMatchObject({ lastSeq: 1, unread: 1 });
  });
});
