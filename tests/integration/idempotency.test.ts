import { randomUUID } from "node:crypto";
import { MAX_TEXT_LENGTH, type SendRequest, type SendResponse, type Target } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { historyAll, pullAll, sendText } from "../support/people.ts";
import { codeOf, textOf, textsOf, useServer } from "./one-server.ts";

const at = useServer();

const text = (to: Target, words: string, clientMessageId: string = randomUUID()): SendRequest => ({
  clientMessageId,
  to,
  content: { kind: "text", text: words },
});

/** The same answer but for `duplicate`. */
const asRepeat = (first: SendResponse): SendResponse => ({ ...first, duplicate: true });

async function friends() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
  return { ann, bob, anns, bobs, conversationId };
}

describe("a clientMessageId that was used before", () => {
  it("answers as the first time, and stores and pushes nothing", async () => {
    const { anns, bobs, conversationId } = await friends();
    const message = text({ conversationId }, "once");
    const first = await anns.ok("message:send", message);
    expect(first.duplicate).toBe(false);
    for (let time = 0; time < 3; time += 1) expect(await anns.ok("message:send", message)).toEqual(asRepeat(first));

    await sendText(anns, { conversationId }, "after");
    await bobs.pushedText("after");
    expect(textsOf(bobs.pushed)).toEqual(["hello", "once", "after"]);
    expect(textsOf(await pullAll(anns))).toEqual(["hello", "once", "after"]);
  });

  it("drops another content and another target, even one that is wrong by now", async () => {
    const { ann, bob, anns, bobs, conversationId } = await friends();
    const cid = await at.person("Cid");
    const clientMessageId = randomUUID();
    const first = await anns.ok("message:send", text({ userId: bob.userId }, "as it was", clientMessageId));
    const { groupId } = await ann.createGroup("Other", [bob]);
    for (const repeat of [
      text({ conversationId }, "changed", clientMessageId),
      text({ userId: cid.userId }, "as it was", clientMessageId),
      text({ groupId }, "changed", clientMessageId),
      text({ groupId: "no-such-group" }, "changed", clientMessageId),
      text({ userId: "no-such-user" }, "changed", clientMessageId),
      { ...text({ conversationId }, "changed", clientMessageId), replyTo: 4_711 },
    ]) {
      expect(await anns.ok("message:send", repeat)).toEqual(asRepeat(first));
    }
    expect((await historyAll(bobs, conversationId)).map(textOf)).toEqual(["hello", "as it was"]);
    const cids = await at.connect(cid);
    expect(cids.ready.head, "nothing was made for the other target").toBe(0);
  });

  it("is still checked for its shape", async () => {
    const { anns, conversationId } = await friends();
    const message = text({ conversationId }, "once");
    await anns.ok("message:send", message);
    const long = { ...message, content: { kind: "text", text: "x".repeat(MAX_TEXT_LENGTH + 1) } };
    expect(await codeOf(anns, "message:send", long)).toBe("TOO_LARGE");
    expect(await codeOf(anns, "message:send", { ...message, content: {} })).toBe("BAD_REQUEST");
  });

  it("is the same in upper and lower case", async () => {
    const { anns, bobs, conversationId } = await friends();
    const clientMessageId = "ABCDEF12-3456-4789-8ABC-DEF123456789";
    const first = await anns.ok("message:send", text({ conversationId }, "once", clientMessageId));
    const repeat = text({ conversationId }, "once", clientMessageId.toLowerCase());
    expect(await anns.ok("message:send", repeat)).toEqual(asRepeat(first));
    expect((await historyAll(bobs, conversationId)).map(textOf)).toEqual(["hello", "once"]);
  });

  it("belongs to its sender: another one's is another message", async () => {
    const { anns, bobs, conversationId } = await friends();
    const clientMessageId = randomUUID();
    const [one, other] = await Promise.all([
      anns.ok("message:send", text({ conversationId }, "Ann's", clientMessageId)),
      bobs.ok("message:send", text({ conversationId }, "Bob's", clientMessageId)),
    ]);
    expect([one.duplicate, other.duplicate]).toEqual([false, false]);
    expect(one.seq).not.toBe(other.seq);
  });

  it("may be used again when it was refused", async () => {
    const { ann, bob, anns } = await friends();
    const cid = await at.person("Cid");
    const cids = await at.connect(cid);
    const { groupId } = await ann.createGroup("Two", [bob]);
    const message = text({ groupId }, "let me in");
    expect(await codeOf(cids, "message:send", message)).toBe("NOT_FOUND");
    await ann.rest("POST", `/api/v1/groups/${groupId}/members`, { userIds: [cid.userId] });
    expect(await cids.ok("message:send", message)).toMatchObject({ duplicate: false });
    await anns.pushedText("let me in");
  });
});

describe("the same message at the same time", () => {
  it("on two sockets is stored once, and one of the answers says so", async () => {
    const { ann, anns, bobs, conversationId } = await friends();
    const again = await at.connect(ann);
    for (let round = 0; round < 20; round += 1) {
      const message = text({ conversationId }, `round ${round}`);
      const answers = await Promise.all([anns.ok("message:send", message), again.ok("message:send", message)]);
      expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(answers.map(asRepeat)).toEqual([asRepeat(answers[0]), asRepeat(answers[0])]);
    }
    const history = await historyAll(bobs, conversationId);
    expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect((await pullAll(bobs)).filter(({ type }) => type === "message")).toHaveLength(21);
  });

  it("many times over is stored once, also as the very first of a conversation", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const sockets = await at.connectAll(ann, ann, ann);
    const message = text({ userId: bob.userId }, "first of all");
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => sockets[index % sockets.length]!.ok("message:send", message)),
    );
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ messageId, seq, sentAt }) => `${messageId} ${seq} ${sentAt}`)).size).toBe(1);
    const bobs = await at.connect(bob);
    expect((await pullAll(bobs)).map(({ type }) => type)).toEqual(["conversation", "message"]);
  });

  it("among others keeps theirs in order", async () => {
    const { anns, bobs, conversationId } = await friends();
    const repeated = text({ conversationId }, "twice");
    const messages = [
      text({ conversationId }, "a"),
      repeated,
      text({ conversationId }, "b"),
      repeated,
      text({ conversationId }, "c"),
    ];
    const answers = await Promise.all(messages.map((message) => anns.ok("message:send", message)));
    expect(answers.map(({ seq }) => seq)).toEqual([2, 3, 4, 3, 5]);
    expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, false, false, true, false]);
    expect((await historyAll(bobs, conversationId)).map(textOf)).toEqual(["hello", "a", "twice", "b", "c"]);
  });
});

describe("a message that was sent long ago", () => {
  it("is known after a restart", async () => {
    const { ann, bob, anns, conversationId } = await friends();
    const message = text({ conversationId }, "before");
    const first = await anns.ok("message:send", message);
    const { epoch } = anns.ready;

    await at.restart();
    const [again, bobs] = await Promise.all([ann.connect(at.url), bob.connect(at.url)]);
    try {
      expect(again.ready.epoch).toBe(epoch);
      expect(await again.ok("message:send", message)).toEqual(asRepeat(first));
      expect((await historyAll(bobs, conversationId)).map(textOf)).toEqual(["hello", "before"]);
    } finally {
      again.close();
      bobs.close();
    }
  });

  it("is known after its sender was removed from the group, who may say nothing new there", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { groupId, conversationId } = await ann.createGroup("Group", [bob]);
    const message = text({ groupId }, "while I was in");
    const first = await bobs.ok("message:send", message);
    await ann.rest("DELETE", `/api/v1/groups/${groupId}/members/${bob.userId}`);

    expect(await bobs.ok("message:send", message)).toEqual(asRepeat(first));
    const [repeat, refusal] = await Promise.all([
      bobs.ok("message:send", message),
      codeOf(bobs, "message:send", text({ groupId }, "and now?")),
    ]);
    expect(repeat).toEqual(asRepeat(first));
    expect(refusal).toBe("NOT_MEMBER");
    expect((await historyAll(anns, conversationId)).map(textOf)).toEqual([
      "<group.created>",
      "while I was in",
      "<member.removed>",
    ]);
  });
});
