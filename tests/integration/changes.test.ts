import { type Message, changeResponse, message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import { add, remove } from "./group-calls.ts";
import { codeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** The time within which a sender may recall, and somewhat more, in milliseconds. */
const TOO_LATE_MS = 3 * 60 * 1000;

/** Ann has said "hello" to Bob. */
async function pair() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const { conversationId, seq } = await sendText(anns, { userId: bob.userId }, "hello");
  await bobs.pushedText("hello");
  return { ann, bob, anns, bobs, place: { conversationId, seq } };
}

/** A group in which Bob has said "hello"; Ann owns it. */
async function team() {
  const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
  const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
  const made = await ann.createGroup("Team", [bob, cid]);
  const { conversationId, seq } = await sendText(bobs, { groupId: made.groupId }, "hello");
  return { ann, bob, cid, anns, bobs, cids, made, place: { conversationId, seq } };
}

const text = (words: string) => ({ kind: "text" as const, text: words });

/** The message as the conversation shows it. */
async function stored(connection: Connection, { conversationId, seq }: { conversationId: string; seq: number }) {
  const { messages } = await connection.ok("history:pull", { conversationId, around: seq, limit: 1 });
  return message.strict().parse(messages[0]);
}

/** Versions and texts of the updates, by push or by pull. */
const updatesOf = (entries: Awaited<ReturnType<typeof pullAll>>) =>
  entries.flatMap((entry) => (entry.type === "message:update" ? [entry.message] : []));

const versionsOf = (messages: readonly Message[]) => messages.map(({ version }) => version);

/** Moves the sending of every message of a conversation into the past. */
const age = (conversationId: string) =>
  at.raw((database) =>
    database.run(`UPDATE message SET sent_at = '2020-01-01 00:00:00.000' WHERE conversation_id = '${conversationId}'`),
  );

describe("message:edit", () => {
  it("gives the message a new version everywhere: conversation, list, timeline, push", async () => {
    const { anns, bobs, place } = await pair();
    expect(changeResponse.strict().parse(await anns.ok("message:edit", { ...place, content: text("hello!") }))).toEqual(
      {
        version: 2,
      },
    );
    const now = await stored(bobs, place);
    expect(now).toMatchObject({ content: text("hello!"), version: 2 });
    expect(now.editedAt).toBeGreaterThanOrEqual(now.sentAt);
    for (const connection of [anns, bobs]) {
      await connection.pushedEntry(({ type }) => type === "message:update");
      expect(updatesOf(connection.pushed)).toEqual([now]);
      const entries = await pullAll(connection);
      expect(updatesOf(entries)).toEqual([now]);
      // An entry shows the message as it is when read.
      expect(entries.find(({ type }) => type === "message")).toMatchObject({ message: now });
      const { conversations } = await bootstrapAll(connection);
      expect(conversations).toMatchObject([{ lastMessage: now, lastSeq: 1, changeSeq: 1 }]);
    }
  });

  it("counts versions and changes; one that changes nothing leaves all as it is", async () => {
    const { anns, bobs, place } = await pair();
    const edit = async (words: string) => (await anns.ok("message:edit", { ...place, content: text(words) })).version;
    expect([await edit("a"), await edit("a"), await edit("b"), await edit("a")]).toEqual([2, 2, 3, 4]);
    expect(versionsOf(updatesOf(await pullAll(bobs)))).toEqual([4, 4, 4]);
    await bobs.pushedEntry((entry) => entry.type === "message:update" && entry.message.version === 4);
    expect(versionsOf(updatesOf(bobs.pushed))).toEqual([2, 3, 4]);
    expect(await anns.ok("history:changes", { conversationId: place.conversationId, after: 0 })).toMatchObject({
      changeSeq: 3,
    });
  });

  it("is the sender's alone, and of text alone", async () => {
    const { ann, anns, bobs, place } = await pair();
    expect(await codeOf(bobs, "message:edit", { ...place, content: text("mine") })).toBe("FORBIDDEN");
    const location = { kind: "location", lat: 1, lng: 2 };
    expect(await codeOf(anns, "message:edit", { ...place, content: location })).toBe("FORBIDDEN");
    expect(await codeOf(anns, "message:edit", { ...place, content: text("") })).toBe("BAD_REQUEST");
    expect(await codeOf(anns, "message:edit", { ...place, content: text("x".repeat(8_001)) })).toBe("TOO_LARGE");
    expect(await codeOf(anns, "message:edit", { ...place, seq: 2, content: text("?") })).toBe("NOT_FOUND");
    expect(await codeOf(anns, "message:edit", { ...place, seq: 0, content: text("?") })).toBe("BAD_REQUEST");
    const eves = await at.connect(await at.person("Eve"));
    expect(await codeOf(eves, "message:edit", { ...place, content: text("?") })).toBe("NOT_FOUND");
    expect(await stored(anns, place)).toMatchObject({ senderId: ann.userId, version: 1, content: text("hello") });
  });
});

describe("message:recall", () => {
  it("leaves nothing of what was said, anywhere", async () => {
    const { ann, anns, bobs, bob, place } = await pair();
    const secret = "what nobody should see again";
    const { conversationId } = place;
    const sent = await anns.ok("message:send", {
      clientMessageId: "00000000-0000-4000-8000-000000000001",
      to: { conversationId },
      content: text(secret),
      replyTo: 1,
      mentions: [bob.userId],
    });
    await bobs.ok("message:react", { conversationId, seq: sent.seq, emoji: "👍", on: true });
    expect(await anns.ok("message:recall", { conversationId, seq: sent.seq })).toEqual({ version: 3 });
    const now = await stored(bobs, sent);
    expect(now).toEqual({
      messageId: sent.messageId,
      conversationId,
      seq: sent.seq,
      senderId: ann.userId,
      sentAt: sent.sentAt,
      content: { kind: "system", event: "message.recalled", by: ann.userId },
      version: 3,
      clientMessageId: "00000000-0000-4000-8000-000000000001",
      recalledAt: now.recalledAt,
    });
    const everything = [
      await pullAll(bobs),
      await historyAll(bobs, conversationId),
      await bootstrapAll(bobs),
      await bobs.ok("history:changes", { conversationId, after: 0 }),
    ];
    expect(JSON.stringify(everything)).not.toContain(secret);
    expect(JSON.stringify(await at.raw((database) => database.rows("message")))).not.toContain(secret);
    // Sent again it is still that message.
    const again = { clientMessageId: now.clientMessageId, to: { conversationId }, content: text(secret) };
    expect(await anns.ok("message:send", again)).toEqual({ ...sent, duplicate: true });
    expect(await stored(anns, sent)).toEqual(now);
  });

  it("happens once, and then nothing more can be made of the message", async () => {
    const { anns, bobs, place } = await pair();
    expect(await anns.ok("message:recall", place)).toEqual({ version: 2 });
    expect(await anns.ok("message:recall", place)).toEqual({ version: 2 });
    expect(await codeOf(anns, "message:edit", { ...place, content: text("no, this") })).toBe("FORBIDDEN");
    expect(await codeOf(bobs, "message:react", { ...place, emoji: "👍", on: true })).toBe("FORBIDDEN");
    expect(versionsOf(updatesOf(await pullAll(bobs)))).toEqual([2]);
  });

  it("is the sender's for two minutes, and nobody's afterwards between two", async () => {
    const { anns, bobs, place } = await pair();
    expect(await codeOf(bobs, "message:recall", place)).toBe("FORBIDDEN");
    await age(place.conversationId);
    expect(Date.now() - (await stored(anns, place)).sentAt).toBeGreaterThan(TOO_LATE_MS);
    expect(await codeOf(anns, "message:recall", place)).toBe("FORBIDDEN");
    expect(await codeOf(bobs, "message:recall", place)).toBe("FORBIDDEN");
    expect(await stored(anns, place)).toMatchObject({ version: 1, content: text("hello") });
  });

  it("is a group's owner's at any time, of anybody's message but the system's", async () => {
    const { ann, anns, bobs, cids, place } = await team();
    await age(place.conversationId);
    expect(await codeOf(bobs, "message:recall", place)).toBe("FORBIDDEN");
    expect(await codeOf(cids, "message:recall", place)).toBe("FORBIDDEN");
    expect(await anns.ok("message:recall", place)).toEqual({ version: 2 });
    expect(await stored(cids, place)).toMatchObject({ content: { event: "message.recalled", by: ann.userId } });
    expect(await codeOf(anns, "message:recall", { ...place, seq: 1 })).toBe("FORBIDDEN");
  });
});

describe("message:react", () => {
  it("shows who reacted with what, the same to everybody, and takes it back", async () => {
    const { ann, bob, anns, bobs, place } = await pair();
    const react = async (connection: Connection, emoji: string, on: boolean) =>
      (await connection.ok("message:react", { ...place, emoji, on })).version;
    expect(await react(bobs, "👍", true)).toBe(2);
    expect(await react(anns, "👍", true)).toBe(3);
    expect(await react(anns, "👨‍👩‍👧‍👦", true)).toBe(4);
    expect((await stored(anns, place)).reactions).toEqual([
      { emoji: "👍", count: 2, userIds: [bob.userId, ann.userId] },
      { emoji: "👨‍👩‍👧‍👦", count: 1, userIds: [ann.userId] },
    ]);
    expect(await stored(bobs, place)).toEqual(await stored(anns, place));
    expect(await react(bobs, "👍", false)).toBe(5);
    expect(await react(anns, "👍", false)).toBe(6);
    expect(await react(anns, "👨‍👩‍👧‍👦", false)).toBe(7);
    expect(await stored(bobs, place)).not.toHaveProperty("reactions");
  });

  it("that is there already, or not there, changes nothing", async () => {
    const { anns, bobs, place } = await pair();
    const react = async (on: boolean) => (await bobs.ok("message:react", { ...place, emoji: "👍", on })).version;
    expect([await react(false), await react(true), await react(true), await react(false), await react(false)]).toEqual([
      1, 2, 2, 3, 3,
    ]);
    expect(updatesOf(await pullAll(anns))).toHaveLength(2);
    expect(await anns.ok("history:changes", { conversationId: place.conversationId, after: 0 })).toMatchObject({
      changeSeq: 2,
    });
  });

  it("of all at once loses none", async () => {
    const { anns, bobs, place } = await pair();
    const emojis = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(0x1f600 + index));
    await Promise.all(
      [anns, bobs].flatMap((connection) =>
        emojis.map((emoji) => connection.ok("message:react", { ...place, emoji, on: true })),
      ),
    );
    const { reactions, version } = await stored(anns, place);
    expect(version).toBe(41);
    expect(reactions?.map(({ count }) => count)).toEqual(emojis.map(() => 2));
  });
});

describe("an update", () => {
  it("reaches who was away, in the state in which the others have it", async () => {
    const { anns, bobs, bob, place } = await pair();
    bobs.close();
    await anns.ok("message:edit", { ...place, content: text("edited") });
    const { seq } = await sendText(anns, { conversationId: place.conversationId }, "and recalled");
    await anns.ok("message:recall", { conversationId: place.conversationId, seq });
    const back = await at.connect(bob);
    const missed = await pullAll(back, 2);
    expect(missed.map(({ type }) => type)).toEqual(["message:update", "message", "message:update"]);
    expect(await historyAll(back, place.conversationId)).toEqual(await historyAll(anns, place.conversationId));
  });

  it("is not given to a newcomer who may not see the message, and to one who came back if they may", async () => {
    const { ann, cid, anns, bobs, made, place } = await team();
    await remove(ann, made, cid);
    const dai = await at.person("Dai");
    await add(ann, made, dai, cid);
    const [cids, dais] = await at.connectAll(cid, dai);
    await bobs.ok("message:edit", { ...place, content: text("edited") });
    await anns.pushedEntry(({ type }) => type === "message:update");
    expect(updatesOf(await pullAll(dais))).toEqual([]);
    expect(updatesOf(await pullAll(cids))).toMatchObject([{ seq: place.seq, version: 2 }]);
    expect(await codeOf(dais, "message:react", { ...place, emoji: "👍", on: true })).toBe("NOT_FOUND");
    expect(await codeOf(dais, "message:recall", place)).toBe("NOT_FOUND");
  });

  it("is given to nobody who has left, and nothing can be changed by them", async () => {
    const { ann, bob, anns, bobs, made, place } = await team();
    await remove(ann, made, bob);
    const head = (await pullAll(bobs)).length;
    await anns.ok("message:react", { ...place, emoji: "👍", on: true });
    expect((await pullAll(bobs)).length).toBe(head);
    expect(await codeOf(bobs, "message:edit", { ...place, content: text("?") })).toBe("NOT_MEMBER");
    expect(await codeOf(bobs, "message:recall", place)).toBe("NOT_MEMBER");
    expect(await codeOf(bobs, "message:react", { ...place, emoji: "👍", on: true })).toBe("NOT_MEMBER");
  });

  it("is a row that refers to the message and copies nothing of it", async () => {
    const { ann, bob, anns, place } = await pair();
    await anns.ok("message:edit", { ...place, content: text("edited") });
    const rows = (await at.raw((database) => database.rows("push_history"))).filter(
      (row) => row["conversation_id"] === place.conversationId,
    );
    const shown = rows.map((row) => [
      row["user_id"],
      Number(row["seq"]),
      row["type"],
      row["message_seq"],
      row["payload"],
    ]);
    for (const { userId } of [ann, bob]) {
      expect(shown.filter(([owner]) => owner === userId)).toEqual([
        [userId, 1, "conversation", null, null],
        [userId, 2, "message", 1, null],
        [userId, 3, "message:update", 1, null],
      ]);
    }
    const messages = (await at.raw((database) => database.rows("message"))).filter(
      (row) => row["conversation_id"] === place.conversationId,
    );
    expect(messages).toMatchObject([{ seq: 1, version: 2, change_seq: 1 }]);
  });
});
