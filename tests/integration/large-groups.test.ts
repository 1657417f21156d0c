import { randomUUID } from "node:crypto";
import { type Group, type Message, groupPushEvent } from "@im-webapp/protocol";
import { afterEach, describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { Device } from "../support/device.ts";
import { type Person, bootstrapAll, historyAll, pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { add, remove, viewOf } from "./group-calls.ts";
import { codeOf, textOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer({ FANOUT_MAX_MEMBERS: "3" });

const devices: Device[] = [];
afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()));
});

/** A device that keeps up by itself, as the protocol says. */
async function follow(person: Person): Promise<Device> {
  const device = new Device({ urls: () => [at.url], token: person.token }).start();
  devices.push(device);
  await waitFor(() => device.isConnected, { what: "a connection" });
  await device.complete();
  return device;
}

/** A large group of four, owned by Ann. */
async function crowd() {
  const people = await at.people("Ann", "Bob", "Cid", "Dai");
  const [ann, bob, cid, dai] = people;
  const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
  const made = await ann.createGroup("Crowd", [bob, cid, dai]);
  for (const connection of [anns, bobs, cids]) {
    await waitFor(() => connection.groupPushes.length > 0, { what: "the first message" });
  }
  return { people, ann, bob, cid, dai, anns, bobs, cids, made };
}

const say = (connection: Connection, { groupId }: Group, text: string, more: object = {}) =>
  connection.ok("message:send", {
    clientMessageId: randomUUID(),
    to: { groupId },
    content: { kind: "text", text },
    ...more,
  });

/** What was pushed, each message once: after its start, and when the bus was broken, a server may push again. */
function pushedMessages(connection: Connection): Message[] {
  const bySeq = new Map(connection.groupPushes.flatMap(({ messages }) => messages.map((one) => [one.seq, one])));
  return [...bySeq.values()];
}

const groupTexts = (connection: Connection) => pushedMessages(connection).map(textOf);

/** Waits until the text has been pushed. */
const heard = (connection: Connection, text: string) =>
  waitFor(() => groupTexts(connection).includes(text), { what: `the push of ${text}` });

/** Entries of a person's timeline, without the payloads. */
const typesOf = async (connection: Connection) => (await pullAll(connection)).map(({ type }) => type);

/** Rows of the sync store for a conversation. */
const rowsOf = async ({ conversationId }: Group) =>
  (await at.raw((database) => database.rows("push_history"))).filter(
    (row) => row["conversation_id"] === conversationId,
  );

const first = { cursor: 0, limit: 500 };

describe("a message to a large group", () => {
  it("is pushed to every member online, the sender included, and is in nobody's timeline", async () => {
    const { people, anns, bobs, cids, made } = await crowd();
    const before = await rowsOf(made);
    expect(before.map((row) => row["type"])).toEqual(people.map(() => "conversation"));
    const tablet = await at.connect(await people[1].login());
    const sent = await say(bobs, made, "hello all");
    for (const connection of [anns, bobs, cids, tablet]) {
      await heard(connection, "hello all");
      for (const push of connection.groupPushes) groupPushEvent.strict().parse(push);
      const push = connection.groupPushes.find(({ messages }) => messages.some(({ seq }) => seq === sent.seq));
      expect(push).toMatchObject({ lastSeq: sent.seq, changeSeq: 0, changes: [] });
      expect(push?.messages.at(-1)).toMatchObject({ seq: sent.seq, messageId: sent.messageId });
      expect(connection.pushed.some(({ type }) => type === "message")).toBe(false);
      expect(await typesOf(connection)).toEqual(["conversation"]);
    }
    expect(await rowsOf(made)).toEqual(before);
    expect(await viewOf(bobs, made)).toMatchObject({ large: true, lastSeq: 2, readSeq: 2, unread: 0 });
    expect(await viewOf(cids, made)).toMatchObject({ large: true, lastSeq: 2, readSeq: 0, unread: 2 });
  });

  it("is an entry of those whom it names, and of nobody else", async () => {
    const { bob, cid, anns, bobs, cids, made } = await crowd();
    const stranger = await at.person("Eve");
    await say(anns, made, "you two", { mentions: [bob.userId, cid.userId, stranger.userId] });
    await say(anns, made, "everybody", { mentions: "all" });
    expect(await typesOf(bobs)).toEqual(["conversation", "message"]);
    expect(await typesOf(cids)).toEqual(["conversation", "message"]);
    expect(await typesOf(anns)).toEqual(["conversation"]);
    expect((await at.connect(stranger)).ready.head).toBe(0);
    await heard(bobs, "everybody");
    expect(groupTexts(bobs)).toEqual(["<group.created>", "you two", "everybody"]);
  });

  it("and its changes are one packet, the same for all, in order", async () => {
    const { anns, bobs, cids, made } = await crowd();
    const texts = Array.from({ length: 100 }, (_, index) => `message ${index}`);
    await Promise.all(texts.map((text) => say(anns, made, text)));
    await bobs.ok("message:react", { conversationId: made.conversationId, seq: 2, emoji: "👍", on: true });
    await anns.ok("message:recall", { conversationId: made.conversationId, seq: 3 });
    for (const connection of [anns, bobs, cids]) {
      await waitFor(() => connection.groupPushes.at(-1)?.changeSeq === 2, { what: "both changes" });
      expect(connection.groupPushes).toEqual(anns.groupPushes);
      const messages = pushedMessages(connection);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      const changes = connection.groupPushes.flatMap((push) =>
        push.changes.map(({ seq, version }) => `${seq} v${version}`),
      );
      expect([...new Set(changes)]).toEqual(["2 v2", "3 v2"]);
      for (const { messages: part, lastSeq } of connection.groupPushes) {
        if (part.length > 0) expect(lastSeq).toBe(part.at(-1)?.seq);
      }
    }
    expect(JSON.stringify(await historyAll(bobs, made.conversationId))).not.toContain('"message 1"');
  });
});

describe("a member who was away", () => {
  it("is told by the first pull where the group stands, and by no later one", async () => {
    const { dai, anns, bobs, made } = await crowd();
    await say(anns, made, "while Dai is away");
    await anns.ok("message:edit", {
      conversationId: made.conversationId,
      seq: 2,
      content: { kind: "text", text: "edited" },
    });
    const dais = await at.connect(dai);
    const expected = [{ conversationId: made.conversationId, lastSeq: 2, changeSeq: 1, readSeq: 0 }];
    expect(await dais.ok("sync:pull", first)).toMatchObject({ groups: expected });
    expect(await dais.ok("sync:pull", first)).not.toHaveProperty("groups");
    // Each connection has its own first pull, and reading is part of the state.
    await bobs.ok("read:mark", { conversationId: made.conversationId, seq: 2 });
    expect(await bobs.ok("sync:pull", first)).toMatchObject({ groups: [{ ...expected[0], readSeq: 2 }] });
    const eves = await at.connect(await at.person("Eve"));
    expect(await eves.ok("sync:pull", first)).not.toHaveProperty("groups");
  });

  it("is complete by history:pull and history:changes from what they hold", async () => {
    const { dai, anns, bobs, made } = await crowd();
    const dais = await follow(dai);
    await say(anns, made, "seen");
    await waitFor(() => dais.texts(made.conversationId).includes("seen"), { what: "the push" });
    await dais.stop();
    for (let n = 0; n < 20; n += 1) await say(bobs, made, `missed ${n}`);
    const { conversationId } = made;
    await anns.ok("message:edit", { conversationId, seq: 2, content: { kind: "text", text: "seen, and edited" } });
    await bobs.ok("message:react", { conversationId, seq: 5, emoji: "👍", on: true });

    // The same device again, with all that it holds.
    const { messages, lastSeq, changeSeq } = dais.book.of(conversationId);
    expect([messages.size, lastSeq, changeSeq]).toEqual([2, 2, 0]);
    const back = await follow(dai);
    back.book.of(conversationId).lastSeq = lastSeq;
    expect(back.texts(conversationId)).toEqual([
      "seen, and edited",
      ...Array.from({ length: 20 }, (_, n) => `missed ${n}`),
    ]);
    const connection = await at.connect(dai);
    const missed = await connection.ok("history:pull", { conversationId, after: lastSeq, limit: 500 });
    const changed = await connection.ok("history:changes", { conversationId, after: changeSeq, limit: 500 });
    for (const message of [...missed.messages, ...changed.messages]) dais.book.put(message);
    expect([...dais.book.of(conversationId).messages.values()].toSorted((a, b) => a.seq - b.seq)).toEqual(
      await historyAll(connection, conversationId),
    );
  });
});

describe("crossing the threshold", () => {
  it("upwards and downwards tells everybody, and loses and repeats nothing", async () => {
    const [ann, bob, cid, dai] = await at.people("Ann", "Bob", "Cid", "Dai");
    const [anns, bobs, cids] = [await follow(ann), await follow(bob), await follow(cid)];
    const made = await ann.createGroup("Team", [bob, cid]);
    const { conversationId } = made;
    const said: string[] = [];
    const sayHere = async (text: string) => {
      said.push(text);
      await anns.send({ groupId: made.groupId }, text);
    };
    const views = (device: Device) =>
      device.entries.flatMap((entry) => (entry.type === "conversation" ? [entry.conversation.large ?? false] : []));
    for (let round = 0; round < 3; round += 1) {
      await sayHere(`small ${round}`);
      await add(ann, made, dai);
      await sayHere(`large ${round}`);
      await sayHere(`large again ${round}`);
      await remove(ann, made, dai);
    }
    await sayHere("small in the end");
    for (const device of [anns, bobs, cids]) {
      await waitFor(() => device.texts(conversationId).length === said.length, { what: "all messages" });
      expect(device.texts(conversationId)).toEqual(said);
      // Made, and then three times there and back.
      expect(views(device)).toHaveLength(7);
      const own = device.entries.flatMap((entry) => (entry.type === "message" ? [entry.message.seq] : []));
      expect(own).toEqual([...new Set(own)].toSorted((a, b) => a - b));
      expect(device.holes).toBe(0);
    }
    const rows = (await rowsOf(made)).filter((row) => row["user_id"] === bob.userId && row["type"] === "message");
    // Those of the large times are in no timeline: three times who came and two messages.
    const history = await historyAll(await at.connect(bob), conversationId);
    expect(rows).toHaveLength(history.length - 9);
    // Somebody who was away all the time ends the same.
    const late = await follow(cid);
    await waitFor(() => late.texts(conversationId).length === said.length, { what: "all messages" });
    expect(late.texts(conversationId)).toEqual(said);
  });

  it("by pull alone leads to the same list as a fresh one", async () => {
    const { people, ann, bob, bobs, anns, made } = await crowd();
    await say(anns, made, "large");
    await remove(ann, made, people[3]);
    await say(anns, made, "small");
    const entries = await pullAll(bobs);
    const last = entries.filter((entry) => entry.type === "conversation").at(-1);
    expect(last).toMatchObject({ conversation: { conversationId: made.conversationId } });
    expect(last?.conversation).not.toHaveProperty("large");
    expect((await bootstrapAll(await at.connect(bob))).conversations).toMatchObject([
      { lastSeq: 4, lastMessage: { content: { text: "small" } } },
    ]);
    expect(await bobs.ok("sync:pull", first)).not.toHaveProperty("groups");
  });
});

describe("coming and going in a large group", () => {
  it("a newcomer gets nothing from before, by push as by pull", async () => {
    const { ann, anns, made } = await crowd();
    const { seq } = await say(anns, made, "before Eve");
    const eve = await at.person("Eve");
    const eves = await at.connect(eve);
    await add(ann, made, eve);
    await anns.ok("message:react", { conversationId: made.conversationId, seq, emoji: "👍", on: true });
    await say(anns, made, "for Eve as well");
    await heard(eves, "for Eve as well");
    expect(groupTexts(eves)).toEqual(["<member.added>", "for Eve as well"]);
    expect(eves.groupPushes.flatMap(({ changes }) => changes)).toEqual([]);
    expect((await historyAll(eves, made.conversationId)).map(textOf)).toEqual(["<member.added>", "for Eve as well"]);
    expect(await typesOf(eves)).toEqual(["conversation"]);
    expect(await eves.ok("history:changes", { conversationId: made.conversationId, after: 0 })).toEqual({
      messages: [],
      changeSeq: 1,
      more: false,
    });
    // The others are not told anew of the group, only of who came.
    expect(await typesOf(anns)).toEqual(["conversation"]);
  });

  it("one who was removed hears of it in the own timeline, and then nothing more", async () => {
    const { ann, bob, anns, bobs, cids, made } = await crowd();
    const more = await at.people("Eve", "Flo");
    await add(ann, made, ...more);
    await remove(ann, made, bob);
    await say(anns, made, "without Bob");
    await heard(cids, "without Bob");
    await anns.ok("message:react", { conversationId: made.conversationId, seq: 2, emoji: "👍", on: true });
    await waitFor(() => cids.groupPushes.at(-1)?.changeSeq === 1, { what: "the change" });
    await bobs.pushedEntry((entry) => entry.type === "message");
    expect(await typesOf(bobs)).toEqual(["conversation", "conversation", "message"]);
    expect(groupTexts(bobs)).not.toContain("without Bob");
    expect(groupTexts(bobs)).not.toContain("<member.removed>");
    expect(bobs.groupPushes.flatMap(({ changes }) => changes)).toEqual([]);
    expect((await historyAll(bobs, made.conversationId)).map(textOf).at(-1)).toBe("<member.removed>");
    expect(await codeOf(bobs, "receipts:get", { conversationId: made.conversationId, seq: 1 })).toBe("NOT_MEMBER");
    expect(await (await at.connect(bob)).ok("sync:pull", first)).not.toHaveProperty("groups");
    expect(await viewOf(bobs, made)).toMatchObject({ left: true, lastSeq: 3 });
  });

  it("reading is an entry of one's own timeline", async () => {
    const { bob, bobs, anns, made } = await crowd();
    await sendText(anns, { groupId: made.groupId }, "read me");
    const tablet = await at.connect(await bob.login());
    await bobs.ok("read:mark", { conversationId: made.conversationId, seq: 2 });
    await tablet.pushedEntry((entry) => entry.type === "read" && entry.readSeq === 2 && entry.unread === 0);
    expect(await typesOf(bobs)).toEqual(["conversation", "read"]);
  });
});
