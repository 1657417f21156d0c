import { randomUUID } from "node:crypto";
import { MAX_FORWARD_ITEMS, MAX_TEXT_LENGTH, type SendableContent, type Target, message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { historyAll, sendText } from "../support/people.ts";
import { remove } from "./group-calls.ts";
import { codeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const sending = (to: Target, content: SendableContent) => ({ clientMessageId: randomUUID(), to, content });
const send = (connection: Connection, to: Target, content: SendableContent) =>
  connection.ok("message:send", sending(to, content));
const forward = (conversationId: string, ...seqs: number[]): SendableContent => ({
  kind: "forward",
  conversationId,
  seqs,
});

/** What the newest message of a conversation carries, as everybody in it sees it. */
async function newest(connection: Connection, conversationId: string) {
  const last = (await historyAll(connection, conversationId)).at(-1);
  return message.parse(last).content;
}

/** Ann, Bob and Cid have a group in which Bob said "one" and Ann "two"; Dot knows Ann only. */
async function team() {
  const [ann, bob, cid, dot] = await at.people("Ann", "Bob", "Cid", "Dot");
  const [anns, bobs, cids, dots] = await at.connectAll(ann, bob, cid, dot);
  const made = await ann.createGroup("Team", [bob, cid]);
  const to = { conversationId: made.conversationId };
  const one = await sendText(bobs, to, "one");
  const two = await sendText(anns, to, "two");
  return { ann, bob, cid, dot, anns, bobs, cids, dots, made, to, one, two };
}

describe("a forward", () => {
  it("carries what the server knows that others said, in the order named", async () => {
    const { ann, bob, dot, anns, dots, made, one, two } = await team();
    const items = [
      { senderId: ann.userId, senderName: "Ann", sentAt: two.sentAt, content: { kind: "text", text: "two" } },
      { senderId: bob.userId, senderName: "Bob", sentAt: one.sentAt, content: { kind: "text", text: "one" } },
    ];
    const { conversationId } = await send(anns, { userId: dot.userId }, forward(made.conversationId, two.seq, one.seq));
    expect(await newest(dots, conversationId)).toEqual({ kind: "forward", items });
    const pushed = await dots.pushedEntry(({ type }) => type === "message");
    expect(pushed).toMatchObject({ message: { content: { kind: "forward", items } } });
  });

  it("stays as it was when the original is edited or recalled; what was recalled cannot be handed on", async () => {
    const { dot, anns, bobs, dots, made, one } = await team();
    const { conversationId } = await send(anns, { userId: dot.userId }, forward(made.conversationId, one.seq));
    await bobs.ok("message:recall", { conversationId: made.conversationId, seq: one.seq });
    expect(await newest(dots, conversationId)).toMatchObject({ items: [{ content: { text: "one" } }] });
    const again = sending({ userId: dot.userId }, forward(made.conversationId, one.seq));
    expect(await codeOf(anns, "message:send", again)).toBe("FORBIDDEN");
    // What the system said, such as who made the group, is nobody's words.
    expect(await codeOf(anns, "message:send", sending({ userId: dot.userId }, forward(made.conversationId, 1)))).toBe(
      "FORBIDDEN",
    );
  });

  it("is of messages that the sender may read", async () => {
    const { ann, cid, dots, cids, anns, bobs, made, to, one } = await team();
    const of = (seq: number) => sending({ userId: ann.userId }, forward(made.conversationId, seq));
    expect(await codeOf(dots, "message:send", of(one.seq))).toBe("NOT_FOUND");
    expect(await codeOf(anns, "message:send", of(99))).toBe("NOT_FOUND");
    await remove(ann, made, cid);
    const later = await sendText(bobs, to, "later");
    expect(await codeOf(cids, "message:send", of(later.seq))).toBe("NOT_FOUND");
    expect(await codeOf(cids, "message:send", of(one.seq))).toBe("ok");
  });

  it("answers a repeat as the first, also when the original has gone since", async () => {
    const { dot, anns, bobs, made, one } = await team();
    const payload = sending({ userId: dot.userId }, forward(made.conversationId, one.seq));
    const first = await anns.ok("message:send", payload);
    await bobs.ok("message:recall", { conversationId: made.conversationId, seq: one.seq });
    expect(await anns.ok("message:send", payload)).toEqual({ ...first, duplicate: true });
  });

  it("lies within another up to three times; a single one is carried on as it is", async () => {
    const { dot, anns, dots, made, one, two } = await team();
    const to = { userId: dot.userId };
    const first = await send(anns, to, forward(made.conversationId, one.seq, two.seq));
    const here = first.conversationId;
    const content = await newest(dots, here);
    const alone = await send(dots, to, forward(here, first.seq));
    expect(await newest(dots, alone.conversationId)).toEqual(content);
    let last = first.seq;
    for (let depth = 2; depth <= 3; depth += 1) {
      const { seq } = await sendText(anns, to, `depth ${depth}`);
      last = (await send(anns, to, forward(here, last, seq))).seq;
    }
    expect(await newest(dots, here)).toMatchObject({
      items: [{ content: { items: [{ content: { items: [{ content: { text: "one" } }, {}] } }, {}] } }, {}],
    });
    expect(await codeOf(anns, "message:send", sending(to, forward(here, last, 1)))).toBe("TOO_LARGE");
  });

  it("has 1 to 100 messages, each once, of so many bytes", async () => {
    const { bob, anns, bobs } = await team();
    const to = { userId: bob.userId };
    const long = "字".repeat(MAX_TEXT_LENGTH);
    let last = { conversationId: "", seq: 0 };
    for (let count = 0; count < 6; count += 1) last = await sendText(anns, to, long);
    const code = (...seqs: number[]) =>
      codeOf(bobs, "message:send", sending(to, forward(last.conversationId, ...seqs)));
    expect(await code()).toBe("BAD_REQUEST");
    expect(await code(1, 1)).toBe("BAD_REQUEST");
    expect(await code(...Array.from({ length: MAX_FORWARD_ITEMS + 1 }, (_, index) => index + 1))).toBe("BAD_REQUEST");
    expect(await code(1, 2, 3, 4, 5, 6)).toBe("TOO_LARGE");
    expect(await code(1, 2)).toBe("ok");
  });

  it("takes nobody's word for what it carries", async () => {
    const { dot, anns } = await team();
    const items = [
      { senderId: dot.userId, senderName: "Dot", sentAt: 1, content: { kind: "text", text: "never said" } },
    ];
    const forged = { ...sending({ userId: dot.userId }, forward("x", 1)), content: { kind: "forward", items } };
    expect(await codeOf(anns, "message:send", forged)).toBe("BAD_REQUEST");
  });
});

describe("a card", () => {
  it("names a person or a group of the sender's, with the name that the server knows", async () => {
    const { cid, dot, anns, dots, made } = await team();
    const to = { userId: dot.userId };
    const { conversationId } = await send(anns, to, { kind: "card", userId: cid.userId });
    expect(await newest(dots, conversationId)).toEqual({ kind: "card", userId: cid.userId, name: "Cid" });
    const forged = { ...sending(to, { kind: "card", groupId: made.groupId }) };
    Object.assign(forged.content, { name: "Bank" });
    await anns.ok("message:send", forged);
    expect(await newest(dots, conversationId)).toEqual({ kind: "card", groupId: made.groupId, name: "Team" });
  });

  it("is refused for nobody, for both at once, for who does not exist, and for a group of others", async () => {
    const { ann, cid, anns, cids, dots, made, dot } = await team();
    const to = { userId: ann.userId };
    const code = (connection: Connection, content: object) =>
      codeOf(connection, "message:send", { ...sending(to, { kind: "text", text: "x" }), content });
    expect(await code(dots, { kind: "card" })).toBe("BAD_REQUEST");
    expect(await code(anns, { kind: "card", userId: dot.userId, groupId: made.groupId })).toBe("BAD_REQUEST");
    expect(await code(dots, { kind: "card", userId: "nobody" })).toBe("NOT_FOUND");
    expect(await code(dots, { kind: "card", groupId: made.groupId })).toBe("NOT_FOUND");
    expect(await code(dots, { kind: "card", groupId: "none" })).toBe("NOT_FOUND");
    await remove(ann, made, cid);
    expect(await code(cids, { kind: "card", groupId: made.groupId })).toBe("NOT_MEMBER");
  });
});

describe("receipts:get", () => {
  it("lists who has not read, in counts and by name", async () => {
    const { bob, cid, anns, bobs, dots, to, two } = await team();
    await bobs.ok("read:mark", { ...to, seq: two.seq });
    const place = { ...to, seq: two.seq };
    const counts = { read: 1, unread: 1 };
    expect(await anns.ok("receipts:get", place)).toEqual({ readers: [bob.userId], more: false, counts });
    expect(await anns.ok("receipts:get", { ...place, unread: true })).toEqual({
      readers: [cid.userId],
      more: false,
      counts,
    });
    expect(await codeOf(dots, "receipts:get", { ...place, unread: true })).toBe("NOT_FOUND");
  });
});
