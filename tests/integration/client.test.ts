import { randomUUID } from "node:crypto";
import type { ImClient, LocalStore } from "@im-webapp/client";
import { IndexedDbStore } from "@im-webapp/client/indexeddb";
import type { Me } from "@im-webapp/protocol";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { PASSWORD } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { conversation, online, say, shows, texts, until, useClients } from "./client-calls.ts";

let backing: Backing;
let server: Server;
beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start();
});

afterAll(async () => {
  await server.stop();
  await backing.release();
});

const clients = useClients(() => server.url);

async function register(client: ImClient, name: string): Promise<Me> {
  const me = await client.register({
    username: `${name}-${randomUUID().slice(0, 8)}`,
    password: PASSWORD,
    displayName: name,
  });
  await online(client);
  return me;
}

describe("two people", () => {
  it("write to each other from the first message on, and see who has read", async () => {
    const [ann, bob] = await Promise.all([clients.start(), clients.start()]);
    const annMe = await register(ann, "Ann");
    const bobMe = await register(bob, "Bob");

    const found = await ann.findUsers(bobMe.username);
    expect(found.users.map(({ userId }) => userId)).toEqual([bobMe.userId]);
    const chat = await ann.openDirect(bobMe.userId);
    ann.openConversation(chat);
    await say(ann, chat, "hello", "are you there?");
    await shows(ann, chat, ["hello", "are you there?"]);
    expect(conversation(ann, chat)).toMatchObject({ type: "direct", peerId: bobMe.userId, unread: 0 });

    await until(bob, ({ unreadTotal }) => unreadTotal === 2, "two unread messages");
    const back = await bob.openDirect(annMe.userId);
    expect(back).toBe(ann.resolveConversationId(chat));
    bob.openConversation(back);
    await shows(bob, back, ["hello", "are you there?"]);
    await until(bob, ({ users }) => users.get(annMe.userId)?.displayName === "Ann", "Ann's name");
    await bob.markRead(back, 2);
    expect(bob.getState().unreadTotal).toBe(0);
    await waitFor(() => conversation(ann, chat)?.receipts.get(bobMe.userId) === 2, { what: "the receipt" });
    await say(bob, back, "yes");
    await shows(ann, chat, ["hello", "are you there?", "yes"]);
  });

  it("lose nothing and repeat nothing when one is offline, whoever writes meanwhile", async () => {
    const line = await clients.line();
    const [ann, bob] = await Promise.all([clients.start(line.url), clients.start()]);
    await register(ann, "Ann");
    const bobMe = await register(bob, "Bob");
    const chat = await ann.openDirect(bobMe.userId);
    ann.openConversation(chat);
    await say(ann, chat, "one");
    await shows(ann, chat, ["one"]);
    const real = ann.resolveConversationId(chat);
    bob.openConversation(real);

    line.cut();
    await until(ann, ({ connection }) => connection.status === "reconnecting", "the loss of the connection");
    await say(ann, chat, "a1", "a2", "a3", "a4", "a5");
    expect(texts(ann, chat)).toEqual(["one", "[a1]", "[a2]", "[a3]", "[a4]", "[a5]"]);
    await say(bob, real, "b1", "b2", "b3");
    await shows(bob, real, ["one", "b1", "b2", "b3"]);
    line.mend();
    ann.reconnectNow();
    const all = ["one", "b1", "b2", "b3", "a1", "a2", "a3", "a4", "a5"];
    await shows(bob, real, all);
    await shows(ann, chat, all);
    expect(conversation(ann, chat)).toMatchObject({ lastSeq: 9, unread: 0 });
    expect(conversation(ann, chat)).not.toHaveProperty("lastOutgoing");
  });
});

describe("a group", () => {
  it("is there for those who are in it, and stays readable for those who were", async () => {
    const [ann, bob, cat] = await Promise.all([clients.start(), clients.start(), clients.start()]);
    await register(ann, "Ann");
    const [bobMe, catMe] = [await register(bob, "Bob"), await register(cat, "Cat")];
    const { groupId, conversationId } = await ann.groups.create({ name: "Tea", memberIds: [bobMe.userId] });
    await waitFor(() => conversation(bob, conversationId)?.title === "Tea", { what: "the group at Bob's" });
    await say(ann, conversationId, "before Cat");
    await ann.groups.addMembers(groupId, [catMe.userId]);
    await waitFor(() => conversation(cat, conversationId), { what: "the group at Cat's" });
    for (const client of [ann, bob, cat]) client.openConversation(conversationId);
    await say(bob, conversationId, "welcome");
    await shows(ann, conversationId, ["system", "before Cat", "system", "welcome"]);
    await shows(cat, conversationId, ["system", "welcome"]);

    const { members } = await cat.groups.members(groupId);
    expect(members.map(({ displayName }) => displayName).toSorted()).toEqual(["Ann", "Bob", "Cat"]);
    expect((await cat.groups.get(groupId)).memberCount).toBe(3);
    await bob.groups.leave(groupId);
    await waitFor(() => conversation(bob, conversationId)?.left, { what: "Bob's having left" });
    await ann.groups.removeMember(groupId, catMe.userId);
    await waitFor(() => conversation(cat, conversationId)?.left, { what: "Cat's removal" });
    const id = await cat.send({ conversationId, content: { kind: "text", text: "too late" } });
    await until(cat, ({ windows }) => windows.get(conversationId)?.outgoing[0]?.status === "failed", "the refusal");
    expect(cat.getState().windows.get(conversationId)?.outgoing[0]?.error?.code).toBe("NOT_MEMBER");
    await cat.discard(id);
    expect(texts(cat, conversationId)).not.toContain("[too late]");
  });
});

describe("a page over one local database", () => {
  let indexedDB: IDBFactory;
  const openStore = (scope = "http://test"): Promise<LocalStore> =>
    IndexedDbStore.open({ scope, indexedDB, IDBKeyRange });

  /** Ann's page over a line of its own, with a conversation in its cache, and Bob. */
  async function makePages() {
    indexedDB = new IDBFactory();
    const line = await clients.line();
    const ann = await clients.start(line.url, await openStore());
    const bob = await clients.start();
    const annMe = await register(ann, "Ann");
    const bobMe = await register(bob, "Bob");
    const chat = await bob.openDirect(annMe.userId);
    await say(bob, chat, "first", "second");
    await until(ann, ({ unreadTotal, users }) => unreadTotal === 2 && users.has(bobMe.userId), "Bob and his messages");
    return { line, ann, annMe, bob, bobMe, id: await ann.openDirect(bobMe.userId) };
  }

  it("shows everything after a reload with no network, then what came meanwhile", async () => {
    const { line, ann, annMe, bob, bobMe, id } = await makePages();
    expect(ann.getState().storage).toBe("persistent");
    line.cut();
    await say(ann, id, "written offline");
    await ann.markRead(id, 1);
    await ann.close();
    await say(bob, id, "third");

    const again = await clients.start(line.url, await openStore());
    expect(again.getState()).toMatchObject({ loaded: true, me: annMe, unreadTotal: 1 });
    expect(again.getState().users.get(bobMe.userId)?.displayName).toBe("Bob");
    again.openConversation(id);
    await shows(again, id, ["first", "second", "[written offline]"]);
    line.mend();
    again.reconnectNow();
    await shows(again, id, ["first", "second", "third", "written offline"]);
    await waitFor(() => conversation(bob, id)?.receipts.get(annMe.userId) === 4, { what: "the receipts" });
  });

  it("erases the account and ends every tab on signing out", async () => {
    const { line, ann, annMe } = await makePages();
    const tab = await clients.start(line.url, await openStore());
    await online(tab);
    await ann.logout();
    expect(ann.getState()).toMatchObject({ me: null, connection: { status: "signedOut" }, conversations: [] });
    await until(tab, ({ connection }) => connection.status === "signedOut", "the other tab's end");
    expect(tab.getState().connection.error).toMatchObject({ code: "UNAUTHENTICATED", details: { reason: "logout" } });
    await Promise.all([ann.close(), tab.close()]);
    const store = await openStore();
    expect(await store.loadSession()).toBeNull();
    expect((await (await store.openAccount(annMe.userId)).load()).conversations).toEqual([]);
    await store.close();
    const left = await clients.start(line.url, await openStore());
    expect(left.getState()).toMatchObject({ loaded: true, me: null, connection: { status: "signedOut" } });
  });

  it("goes on in every tab when one signs the same user in anew, under the device's old id", async () => {
    const { line, ann, annMe, bob, id } = await makePages();
    const tab = await clients.start(line.url, await openStore());
    await online(tab);
    await tab.login({ username: annMe.username, password: PASSWORD });
    await say(bob, id, "third");
    for (const page of [ann, tab]) {
      await online(page);
      await until(page, ({ unreadTotal }) => unreadTotal === 3, "three unread messages");
    }
  });

  it("keeps two users of one browser apart", async () => {
    const { line, ann, annMe, id } = await makePages();
    const eve = { username: `eve-${randomUUID().slice(0, 8)}`, password: PASSWORD };
    await ann.register({ ...eve, displayName: "Eve" });
    await online(ann);
    expect(ann.getState()).toMatchObject({ conversations: [], unreadTotal: 0 });
    await ann.login({ username: annMe.username, password: PASSWORD });
    line.cut();
    expect(ann.getState().unreadTotal).toBe(2);
    expect(conversation(ann, id)).toMatchObject({ unread: 2 });
  });
});

it("refuses a wrong password and a taken name, and says so", async () => {
  const client = await clients.start();
  const me = await register(client, "Ann");
  const other = await clients.start();
  await expect(other.login({ username: me.username, password: "wrong horse" })).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  const taken = { username: me.username, password: PASSWORD, displayName: "Other" };
  await expect(other.register(taken)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(other.send({ conversationId: "x", content: { kind: "text", text: "?" } })).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
  expect(other.getState().connection).toEqual({ status: "signedOut" });
});

it("comes back after the server was stopped and started again, with what was written meanwhile", async () => {
  const line = await clients.line();
  const port = new URL(server.url).port;
  const [ann, bob] = await Promise.all([clients.start(line.url), clients.start()]);
  await register(ann, "Ann");
  const bobMe = await register(bob, "Bob");
  const chat = await ann.openDirect(bobMe.userId);
  ann.openConversation(chat);
  await say(ann, chat, "before");
  await shows(ann, chat, ["before"]);
  await server.stop();
  await until(ann, ({ connection }) => connection.status === "reconnecting", "the loss of the connection");
  await say(ann, chat, "during");
  server = await backing.start({ env: { PORT: port } });
  for (const client of [ann, bob]) {
    client.reconnectNow();
    await online(client);
  }
  await shows(ann, chat, ["before", "during"]);
  await until(bob, ({ unreadTotal }) => unreadTotal === 2, "two unread messages");
});
