import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import { codeOf, textOf, useSharedServer } from "./one-server.ts";
import { serverApi } from "./server-calls.ts";

const SERVER_KEY = "a-key-of-the-tests";

/** Everybody is told at times, so that each file of tests has people of its own. */
const at = useSharedServer({ SERVER_KEY });

const notice = (to: object, words: string, clientMessageId: string = randomUUID()) =>
  serverApi(at.url, SERVER_KEY)
    .send([{ clientMessageId, from: "system", to, content: { kind: "text", text: words } }])
    .then(({ results }) => results[0]!);

/** What the system has told somebody, in their own conversation with it. */
async function told(connection: Connection): Promise<string[]> {
  const { conversations } = await bootstrapAll(connection);
  const system = conversations.find(({ type }) => type === "system");
  return system ? (await historyAll(connection, system.conversationId)).map(textOf) : [];
}

describe("a notice to one", () => {
  it("is a message of the system in a conversation of its own, made on first use", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const first = await notice({ userId: ann.userId }, "welcome");
    expect(first).toMatchObject({ seq: 1, duplicate: false });
    expect(await notice({ userId: ann.userId }, "and again")).toMatchObject({ seq: 2 });
    await anns.pushedText("and again");
    expect(await pullAll(anns)).toMatchObject([
      { type: "conversation", conversation: { type: "system" } },
      { type: "message", message: { senderId: "system", seq: 1 } },
      { type: "message", message: { senderId: "system", seq: 2 } },
    ]);
    const { conversations } = await bootstrapAll(anns);
    expect(conversations).toMatchObject([{ type: "system", lastSeq: 2, readSeq: 0, unread: 2 }]);
    expect(conversations[0]).not.toHaveProperty("peerId");
    expect(bobs.ready.head + (await pullAll(bobs)).length).toBe(0);

    const { conversationId } = conversations[0]!;
    expect(await anns.ok("read:mark", { conversationId, seq: 2 })).toEqual({ readSeq: 2, unread: 0 });
    expect(await codeOf(bobs, "history:pull", { conversationId })).toBe("NOT_FOUND");
    const answer = { clientMessageId: randomUUID(), content: { kind: "text", text: "me too" } };
    expect(await codeOf(bobs, "message:send", { ...answer, to: { conversationId } })).toBe("NOT_FOUND");
    expect(await codeOf(anns, "message:send", { ...answer, to: { userId: "system" } })).toBe("NOT_FOUND");
  });

  it("that is sent again is that message", async () => {
    const ann = await at.person("Ann");
    const id = randomUUID();
    const first = await notice({ userId: ann.userId }, "once", id);
    expect(await notice({ userId: ann.userId }, "another text", id)).toEqual({ ...first, duplicate: true });
    const both = await Promise.all([1, 2, 3].map(() => notice({ userId: ann.userId }, "twice", id)));
    for (const one of both) expect(one).toEqual({ ...first, duplicate: true });
    expect(await told(await at.connect(ann))).toEqual(["once"]);
  });

  it("is a row of the message store that is addressed to its receiver", async () => {
    const ann = await at.person("Ann");
    await notice({ userId: ann.userId }, "for the record");
    const rows = await at.raw((database) => database.rows("message"));
    const own = rows.filter((row) => String(row["content"]).includes("for the record"));
    expect(own).toMatchObject([{ sender_id: "system", receiver_id: ann.userId, group_id: null, seq: 1 }]);
  });
});

describe("a notice to a group", () => {
  it("is a message of the system in its conversation", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { groupId, conversationId } = await ann.createGroup("Group", [bob]);
    await sendText(bobs, { groupId }, "hello");
    expect(await notice({ groupId }, "the office closes at six")).toMatchObject({ conversationId, seq: 3 });
    await Promise.all([anns, bobs].map((connection) => connection.pushedText("the office closes at six")));
    expect((await historyAll(bobs, conversationId)).at(-1)).toMatchObject({ senderId: "system", seq: 3 });
    expect(await notice({ groupId: "nowhere" }, "?")).toMatchObject({ error: { code: "NOT_FOUND" } });
  });
});

describe("a notice to all", () => {
  it("reaches everybody there is, once, however often it is sent", async () => {
    const people = await at.people("Ann", "Bob", "Cid");
    const [anns] = await at.connectAll(...people);
    const id = randomUUID();
    const first = await notice({ all: true }, "to all of you", id);
    const recipients = "recipients" in first ? first.recipients : 0;
    expect(recipients).toBeGreaterThanOrEqual(3);
    await anns.pushedText("to all of you");
    const late = await at.person("Dai");
    // Sent again, as when its answer was lost: only who has come since gets it.
    expect(await notice({ all: true }, "to all of you", id)).toEqual({ recipients: recipients + 1 });
    for (const person of [...people, late]) {
      const connection = await at.connect(person);
      expect((await told(connection)).filter((words) => words === "to all of you")).toHaveLength(1);
    }
    await notice({ userId: people[0].userId }, "to Ann alone");
    expect((await told(await at.connect(people[0]))).slice(-2)).toEqual(["to all of you", "to Ann alone"]);
    expect(await told(await at.connect(people[1]))).not.toContain("to Ann alone");
  });

  it("reaches more people than one part of it holds", async () => {
    const names = Array.from({ length: 1_100 }, (_, index) => `crowd-${index}`);
    const api = serverApi(at.url, SERVER_KEY);
    const created = [
      ...(await api.createUsers(names.slice(0, 1_000))).users,
      ...(await api.createUsers(names.slice(1_000))).users,
    ];
    await notice({ all: true }, "to the crowd");
    const rows = await at.raw((database) => database.rows("message"));
    const receivers = rows
      .filter((row) => String(row["content"]).includes("to the crowd"))
      .map((row) => row["receiver_id"]);
    expect(new Set(receivers).size).toBe(receivers.length);
    expect(created.filter(({ userId }) => !receivers.includes(userId))).toEqual([]);
  });
});
