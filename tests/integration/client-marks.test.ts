import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImClient, MemoryStore } from "@im-webapp/client";
import { IndexedDbStore } from "@im-webapp/client/indexeddb";
import { openNodeStore } from "@im-webapp/client/node";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, it } from "vitest";
import { waitFor } from "../support/wait-for.ts";
import { conversation, online, say, scroll, shows, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();
const clients = useClients(() => at.url);

/** Ann and Bob, who have said "one", "two", "three" to each other: Bob each of them. */
async function pair(annUrl?: string) {
  const [annPerson, bobPerson] = await at.people("Ann", "Bob");
  const ann = await clients.signIn(annPerson, annUrl);
  const bob = await clients.signIn(bobPerson);
  const chat = await bob.openDirect(annPerson.userId);
  bob.openConversation(chat);
  await say(bob, chat, "one", "two", "three");
  await shows(bob, chat, ["one", "two", "three"]);
  const conversationId = bob.resolveConversationId(chat);
  await until(ann, () => conversation(ann, conversationId)?.lastSeq === 3, "the chat at Ann's");
  ann.openConversation(conversationId);
  await shows(ann, conversationId, ["one", "two", "three"]);
  return { annPerson, ann, bob, conversationId };
}

const pinsOf = (client: ImClient, id: string) => conversation(client, id)?.pins?.seqs ?? [];
const starsOf = (client: ImClient, id: string) => conversation(client, id)?.stars ?? [];

/** What a device shows, without what only it has. */
async function seen(client: ImClient, id: string) {
  const { pins, stars, unread, lastSeq, lastMessage } = conversation(client, id) ?? {};
  return { pins, stars, unread, lastSeq, lastMessage, messages: await scroll(client, id) };
}

describe("marks made without a network", () => {
  it("are shown at once, reach the server in the end, and leave all devices alike", async () => {
    const line = await clients.line();
    const { annPerson, ann, bob, conversationId } = await pair(line.url);
    const phone = await clients.signIn(annPerson);
    line.cut();
    await until(ann, ({ connection }) => connection.status === "reconnecting", "the loss");
    await ann.pinMessage(conversationId, 1, true);
    await ann.starMessage(conversationId, 2, true);
    await ann.starMessage(conversationId, 1, true);
    await ann.starMessage(conversationId, 1, false);
    await ann.deleteMessage(conversationId, 3);
    expect(pinsOf(ann, conversationId)).toEqual([1]);
    expect(starsOf(ann, conversationId)).toEqual([2]);
    await shows(ann, conversationId, ["one", "two", "system"]);
    // The other device does something else meanwhile, and so does the other person.
    await phone.starMessage(conversationId, 3, true);
    await bob.pinMessage(conversationId, 2, true);
    await until(phone, () => pinsOf(phone, conversationId).length === 1, "Bob's pin");

    line.mend();
    await online(ann);
    await until(phone, () => pinsOf(phone, conversationId).length === 2, "both pins at the other device");
    await until(
      ann,
      ({ failedChanges }) => pinsOf(ann, conversationId).length === 2 && failedChanges.length === 0,
      "both pins",
    );
    await until(ann, () => conversation(ann, conversationId)?.lastSeq === 5, "what was said of the pins");
    await until(phone, () => conversation(phone, conversationId)?.lastSeq === 5, "the same at the other device");
    await waitFor(() => starsOf(ann, conversationId).length === 2 && starsOf(phone, conversationId).length === 2, {
      what: "both stars on both devices",
    });
    expect(pinsOf(ann, conversationId)).toEqual([2, 1]);
    const anew = await clients.signIn(annPerson, undefined, new MemoryStore());
    await until(anew, () => conversation(anew, conversationId)?.lastSeq === 5, "the chat on a new device");
    // What was made here is shown at once; in the end it is what the others were told of it.
    const told = await seen(phone, conversationId);
    await expect.poll(() => seen(ann, conversationId)).toEqual(told);
    const shown = await seen(ann, conversationId);
    expect(shown.messages.map(({ content }) => ("event" in content ? content.event : "text"))).toEqual([
      "text",
      "text",
      "message.deleted",
      "message.pinned",
      "message.pinned",
    ]);
    expect(await seen(phone, conversationId)).toEqual(shown);
    expect(await seen(anew, conversationId)).toEqual(shown);
    await shows(bob, conversationId, ["one", "two", "three", "system", "system"]);
  });

  it("that are refused are told of, and undone", async () => {
    const { ann, conversationId } = await pair();
    await expect(ann.pinMessage(conversationId, 99, true)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(pinsOf(ann, conversationId)).toEqual([]);
    expect(ann.getState().failedChanges).toMatchObject([{ kind: "pin", seq: 99 }]);
  });
});

describe("the server's lists", () => {
  it("name pins, stars and earlier texts", async () => {
    const { ann, bob, conversationId } = await pair();
    await bob.editMessage(conversationId, 1, "first");
    await bob.pinMessage(conversationId, 1, true);
    await ann.starMessage(conversationId, 1, true);
    expect(await ann.marks.pins(conversationId)).toMatchObject([{ seq: 1, content: { text: "first" } }]);
    expect(await ann.marks.stars()).toMatchObject({ stars: [{ message: { seq: 1 } }], more: false });
    expect(await ann.marks.edits(conversationId, 1)).toMatchObject({ edits: [{ content: { text: "one" } }] });
    const unread = await bob.readers(conversationId, 3, undefined, true);
    expect(unread).toMatchObject({ readers: [ann.getState().me?.userId], counts: { read: 0, unread: 1 } });
  });

  it("are about messages that were handed on as the server knows them", async () => {
    const { ann, bob, conversationId } = await pair();
    await ann.send({ conversationId, content: { kind: "forward", conversationId, seqs: [1, 2] } });
    await shows(bob, conversationId, ["one", "two", "three", "forward"]);
    const last = (await scroll(bob, conversationId)).at(-1);
    expect(last?.content).toMatchObject({ items: [{ content: { text: "one" } }, { content: { text: "two" } }] });
  });
});

describe("a recalled message", () => {
  it("leaves no word in IndexedDB", async () => {
    const indexedDB = new IDBFactory();
    const store = await IndexedDbStore.open({ scope: "recall", indexedDB, IDBKeyRange });
    const [annPerson, bobPerson] = await at.people("Ann", "Bob");
    const ann = await clients.signIn(annPerson, undefined, store);
    const bob = await clients.signIn(bobPerson);
    const conversationId = await recalledBy(bob, annPerson.userId, ann);
    const kept = JSON.stringify(await everything(indexedDB));
    expect(kept).toContain("aardvark");
    expect(kept).not.toContain("zyzzyva");
    expect(JSON.stringify(ann.getState().windows.get(conversationId))).not.toContain("zyzzyva");
  });

  it("leaves no word in the file of a Node program", async () => {
    const folder = await mkdtemp(join(tmpdir(), "recall-"));
    try {
      const [annPerson, bobPerson] = await at.people("Ann", "Bob");
      const ann = await clients.signIn(annPerson, undefined, await openNodeStore({ file: join(folder, "im.sqlite") }));
      const bob = await clients.signIn(bobPerson);
      await recalledBy(bob, annPerson.userId, ann);
      await ann.close();
      const files = await readdir(folder);
      const bytes = Buffer.concat(await Promise.all(files.map((file) => readFile(join(folder, file)))));
      expect(bytes.includes("aardvark")).toBe(true);
      expect(bytes.includes("zyzzyva")).toBe(false);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Bob says two words and takes one back, after Ann has read, answered and pinned it. */
async function recalledBy(bob: ImClient, annId: string, ann: ImClient): Promise<string> {
  const chat = await bob.openDirect(annId);
  bob.openConversation(chat);
  await say(bob, chat, "zyzzyva", "aardvark");
  await shows(bob, chat, ["zyzzyva", "aardvark"]);
  const id = bob.resolveConversationId(chat);
  await until(ann, () => conversation(ann, id)?.lastSeq === 2, "the chat at Ann's");
  ann.openConversation(id);
  await shows(ann, id, ["zyzzyva", "aardvark"]);
  await bob.editMessage(id, 1, "zyzzyva again");
  await ann.pinMessage(id, 1, true);
  await shows(ann, id, ["zyzzyva again", "aardvark", "system"]);
  await bob.recallMessage(id, 1);
  await shows(ann, id, ["system", "aardvark", "system"]);
  await until(ann, () => conversation(ann, id)?.pins?.seqs.length === 0, "the end of the pin");
  return id;
}

/** All values of all stores of all databases. */
async function everything(indexedDB: IDBFactory): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      found.push(...(await result<unknown[]>(database.transaction(store).objectStore(store).getAll())));
    }
    database.close();
  }
  return found;
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("no error named")));
  });
}
