import { randomUUID } from "node:crypto";
import type { AckRequest, GroupPushEvent, Message } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { waitFor } from "../support/wait-for.ts";
import { conversation, online, say, shows, texts, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";
import { WatchedClient } from "./watched-client.ts";

const at = useSharedServer({ FANOUT_MAX_MEMBERS: "2" });
const clients = useClients(() => at.url);

/** How long the library may take to acknowledge what it holds, in milliseconds: it does so every five seconds. */
const ACK_WITHIN_MS = 20_000;

/** A large group of three that Bob has made: Ann with the client library, Bob and Cid on bare sockets. */
async function crowd() {
  const [annPerson, bob, cid] = await at.people("Ann", "Bob", "Cid");
  const [bobs, cids] = await at.connectAll(bob, cid);
  const ann = await WatchedClient.signIn(at, clients, annPerson);
  const { conversationId } = await bob.createGroup("Crowd", [annPerson, cid]);
  await waitFor(() => conversation(ann.client, conversationId)?.lastSeq === 1, { what: "the group at Ann's" });
  return { ann, annPerson, bob, cid, bobs, cids, conversationId };
}

type Crowd = Awaited<ReturnType<typeof crowd>>;

const tell = (connection: Connection, { conversationId }: Crowd, text: string, more: object = {}) =>
  connection.ok("message:send", {
    clientMessageId: randomUUID(),
    to: { conversationId },
    content: { kind: "text", text },
    ...more,
  });

const edit = (connection: Connection, { conversationId }: Crowd, seq: number, text: string) =>
  connection.ok("message:edit", { conversationId, seq, content: { kind: "text", text } });

const recall = (connection: Connection, { conversationId }: Crowd, seq: number) =>
  connection.ok("message:recall", { conversationId, seq });

const react = (connection: Connection, { conversationId }: Crowd, seq: number, emoji = "👍") =>
  connection.ok("message:react", { conversationId, seq, emoji, on: true });

/** The message as Ann's window shows it. */
const shown = ({ ann, conversationId }: Crowd, seq: number): Message | undefined =>
  ann.client
    .getState()
    .windows.get(conversationId)
    ?.messages.find((message) => message.seq === seq);

describe("a member online in a large group", () => {
  it("gets messages and their changes by pushes alone, and asks for nothing", async () => {
    const here = await crowd();
    const { ann, annPerson, bobs, cids, conversationId } = here;
    ann.client.openConversation(conversationId);
    await shows(ann.client, conversationId, ["system"]);
    await until(ann.client, ({ connection }) => connection.status === "online", "being complete");
    ann.forget();
    await tell(bobs, here, "one");
    await tell(cids, here, "secret");
    await tell(bobs, here, "hey, Ann", { mentions: [annPerson.userId] });
    await edit(bobs, here, 2, "one!");
    await recall(cids, here, 3);
    await react(cids, here, 2);
    await shows(ann.client, conversationId, ["system", "one!", "system", "hey, Ann"]);
    await waitFor(() => shown(here, 2)?.reactions, { what: "the reaction" });
    expect(shown(here, 2)).toMatchObject({ version: 3, reactions: [{ emoji: "👍", count: 1 }] });
    expect(conversation(ann.client, conversationId)).toMatchObject({
      large: true,
      lastSeq: 4,
      changeSeq: 3,
      unread: 4,
      mentioned: true,
      lastMessage: { seq: 4 },
    });
    expect(ann.calls).toEqual([]);
    expect(JSON.stringify(await ann.cached(conversationId))).not.toContain("secret");
    await ann.isComplete(conversationId);
  });

  it("tells the server how far it holds the group", async () => {
    const here = await crowd();
    const { ann, bobs, conversationId } = here;
    await tell(bobs, here, "one");
    await edit(bobs, here, 2, "two");
    const acks = () =>
      ann.packets.flatMap(({ name, payload }) => (name === "sync:ack" ? [(payload as AckRequest).groups] : []));
    await waitFor(() => JSON.stringify(acks().at(-1)).includes('"lastSeq":2,"changeSeq":1'), {
      what: "the acknowledgement",
      timeoutMs: ACK_WITHIN_MS,
    });
    expect(acks().at(-1)).toEqual([{ conversationId, lastSeq: 2, changeSeq: 1 }]);
  });

  it("edits, recalls and reacts itself, and learns who has read", async () => {
    const here = await crowd();
    const { ann, bobs, bob, conversationId } = here;
    ann.client.openConversation(conversationId);
    await say(ann.client, conversationId, "mine", "gone");
    await shows(ann.client, conversationId, ["system", "mine", "gone"]);
    await ann.client.editMessage(conversationId, 2, "mine!");
    await ann.client.react(conversationId, 2, "🎉", true);
    await ann.client.recallMessage(conversationId, 3);
    await shows(ann.client, conversationId, ["system", "mine!", "system"]);
    await waitFor(() => shown(here, 2)?.version === 3, { what: "the reaction" });
    await ann.client.react(conversationId, 2, "🎉", false);
    await waitFor(() => shown(here, 2)?.version === 4, { what: "the end of the reaction" });
    await bobs.ok("read:mark", { conversationId, seq: 2 });
    expect(await ann.client.readers(conversationId, 2)).toMatchObject({ readers: [bob.userId], more: false });
    await expect(ann.client.editMessage(conversationId, 1, "x")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await ann.isComplete(conversationId);
  });
});

describe("a member who was away from a large group", () => {
  for (const how of ["without a network", "as a program that was closed"] as const) {
    it(`learns ${how} of messages, edits, recalls and reactions made meanwhile`, async () => {
      const here = await crowd();
      const { ann, bobs, cids, conversationId } = here;
      for (const text of ["a", "secret", "c", "d"]) await tell(bobs, here, text);
      ann.client.openConversation(conversationId);
      await shows(ann.client, conversationId, ["system", "a", "secret", "c", "d"]);
      await ann.client.markRead(conversationId, 5);
      await waitFor(() => conversation(ann.client, conversationId)?.readSeq === 5, { what: "the reading" });

      await (how === "without a network" ? ann.goAway() : ann.close());
      await edit(bobs, here, 2, "a!");
      await recall(bobs, here, 3);
      await react(cids, here, 4);
      await tell(cids, here, "e");
      await tell(cids, here, "f");
      await edit(cids, here, 6, "e!");
      ann.forget();
      await (how === "without a network" ? ann.comeBack() : ann.startAgain());
      if (how !== "without a network") ann.client.openConversation(conversationId);
      await shows(ann.client, conversationId, ["system", "a!", "system", "c", "d", "e!", "f"]);
      const [first, ...others] = ann.calls.filter((name) => name.startsWith("history") || name.startsWith("sync"));
      expect(first).toBe("sync:pull");
      // Side by side.
      expect(new Set(others.slice(0, 2))).toEqual(new Set(["history:changes", "history:pull"]));
      expect(conversation(ann.client, conversationId)).toMatchObject({ lastSeq: 7, changeSeq: 4, unread: 2 });
      expect(JSON.stringify(await ann.cached(conversationId))).not.toContain("secret");
      await ann.isComplete(conversationId);
    });
  }

  it("reads the newest of much, and the rest when somebody scrolls there", async () => {
    const here = await crowd();
    const { ann, annPerson, bobs, conversationId } = here;
    await tell(bobs, here, "before");
    await ann.isComplete(conversationId);
    await ann.goAway();
    await edit(bobs, here, 2, "before, edited");
    const laptop = await clients.signIn(annPerson);
    await say(laptop, conversationId, "from the laptop");
    await waitFor(() => conversation(laptop, conversationId)?.readSeq === 3, { what: "the laptop's message" });
    await Promise.all(Array.from({ length: 550 }, (_, index) => tell(bobs, here, `talk ${index}`)));
    await edit(bobs, here, 4, "the oldest of the talk, edited");
    ann.forget();
    await ann.comeBack();
    await waitFor(() => conversation(ann.client, conversationId)?.unread === 550, { what: "the count" });
    expect(ann.calls.filter((name) => name === "history:pull").length).toBeLessThanOrEqual(3);
    expect((await ann.cached(conversationId)).length).toBeLessThan(200);
    expect(await ann.isComplete(conversationId)).toHaveLength(553);
  });

  it("writes meanwhile, and finds its words once and in order", async () => {
    const here = await crowd();
    const { ann, bobs, conversationId } = here;
    ann.client.openConversation(conversationId);
    await ann.goAway();
    await say(ann.client, conversationId, "mine", "too");
    await tell(bobs, here, "Bob's");
    expect(texts(ann.client, conversationId)).toEqual(["system", "[mine]", "[too]"]);
    await ann.comeBack();
    await shows(ann.client, conversationId, ["system", "Bob's", "mine", "too"]);
    expect(conversation(ann.client, conversationId)).toMatchObject({ unread: 0, readSeq: 4 });
    await ann.isComplete(conversationId);
  });
});

describe("two devices in a large group", () => {
  it("show what either sends, and have one read position and one count", async () => {
    const here = await crowd();
    const { ann, annPerson, bobs, conversationId } = here;
    const laptop = await clients.signIn(annPerson);
    laptop.openConversation(conversationId);
    ann.client.openConversation(conversationId);
    await say(ann.client, conversationId, "from the phone");
    await shows(laptop, conversationId, ["system", "from the phone"]);
    await say(laptop, conversationId, "from the laptop");
    for (const device of [ann.client, laptop]) {
      await shows(device, conversationId, ["system", "from the phone", "from the laptop"]);
      await waitFor(() => conversation(device, conversationId)?.readSeq === 3, { what: "sending being reading" });
    }
    for (const text of ["1", "2", "3"]) await tell(bobs, here, text);
    for (const device of [ann.client, laptop]) {
      await until(device, ({ unreadTotal }) => unreadTotal === 3, "three unread messages");
    }
    await laptop.markRead(conversationId, 5);
    await until(ann.client, ({ unreadTotal }) => unreadTotal === 1, "one unread message");

    await ann.goAway();
    await tell(bobs, here, "4");
    await laptop.markRead(conversationId, 6);
    await until(laptop, ({ unreadTotal }) => unreadTotal === 1, "one unread message");
    await ann.client.markRead(conversationId, 6);
    await ann.comeBack();
    for (const device of [ann.client, laptop]) {
      await until(device, ({ unreadTotal }) => unreadTotal === 1, "one unread message");
      expect(conversation(device, conversationId)).toMatchObject({ lastSeq: 7, readSeq: 6, unread: 1 });
    }
    // What one has sent while the other was away counts as read there too.
    await ann.goAway();
    await say(laptop, conversationId, "sent while the phone is away");
    await until(laptop, ({ unreadTotal }) => unreadTotal === 0, "nothing unread");
    await ann.comeBack();
    await until(ann.client, ({ unreadTotal }) => unreadTotal === 0, "nothing unread");
    await ann.isComplete(conversationId);
  });
});

describe("a lost push of a large group", () => {
  const isGroupPush = ({ name }: { name: string }): boolean => name === "group:push";

  it("of messages and changes heals with the next push", async () => {
    const here = await crowd();
    const { ann, bobs, cids, conversationId } = here;
    ann.client.openConversation(conversationId);
    await tell(bobs, here, "one");
    await shows(ann.client, conversationId, ["system", "one"]);
    ann.loses = isGroupPush;
    await tell(bobs, here, "lost");
    await edit(bobs, here, 2, "one, changed unseen");
    const changes = () => ann.packets.filter(isGroupPush).map(({ payload }) => (payload as GroupPushEvent).changeSeq);
    await waitFor(() => changes().includes(1), { what: "the push of the change" });
    ann.loses = () => false;
    await tell(cids, here, "next");
    await shows(ann.client, conversationId, ["system", "one, changed unseen", "lost", "next"]);
    await ann.isComplete(conversationId);
  });

  it("of a message of one's own, and of a change of one's own, heals by itself", async () => {
    const here = await crowd();
    const { ann, conversationId } = here;
    ann.client.openConversation(conversationId);
    ann.loses = isGroupPush;
    await say(ann.client, conversationId, "mine");
    await shows(ann.client, conversationId, ["system", "mine"]);
    await ann.client.editMessage(conversationId, 2, "mine!");
    await shows(ann.client, conversationId, ["system", "mine!"]);
    await ann.isComplete(conversationId);
  });

  it("with nothing after it heals at the next connection", async () => {
    const here = await crowd();
    const { ann, bobs, conversationId } = here;
    ann.loses = isGroupPush;
    await tell(bobs, here, "lost");
    await react(bobs, here, 2);
    await ann.goAway();
    ann.loses = () => false;
    await ann.comeBack();
    await online(ann.client);
    await ann.isComplete(conversationId);
    expect(conversation(ann.client, conversationId)).toMatchObject({ lastSeq: 2, changeSeq: 1 });
  });
});
