import { type ImClient, ImError, MemoryStore } from "@im-webapp/client";
import { IndexedDbStore } from "@im-webapp/client/indexeddb";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, it } from "vitest";
import { waitFor } from "../support/wait-for.ts";
import { conversation, online, say, shows, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();
const clients = useClients(() => at.url);

const reactionsOf = (client: ImClient, conversationId: string, seq: number) =>
  client
    .getState()
    .windows.get(conversationId)
    ?.messages.find((message) => message.seq === seq)?.reactions;

describe("changes made without a network", () => {
  it("are kept over a restart, and reach the server and everybody once when there is one again", async () => {
    const indexedDB = new IDBFactory();
    const open = () => IndexedDbStore.open({ scope: "changes", indexedDB, IDBKeyRange });
    const [annPerson, bobPerson] = await at.people("Ann", "Bob");
    const changes: string[] = [];
    const line = await clients.line(({ text, to }) => {
      const [, name] = /^42\d*\["(message:\w+)"/.exec(text) ?? [];
      if (to === "server" && name !== undefined) changes.push(name);
      return true;
    });
    const before = await clients.signIn(annPerson, line.url, await open());
    const bob = await clients.signIn(bobPerson);
    const chat = await bob.openDirect(annPerson.userId);
    bob.openConversation(chat);
    await say(bob, chat, "hi, Ann");
    await until(before, ({ conversations }) => conversations.length === 1, "the chat at Ann's");
    const conversationId = bob.resolveConversationId(chat);
    before.openConversation(conversationId);
    await say(before, conversationId, "frist", "secret");
    await shows(before, conversationId, ["hi, Ann", "frist", "secret"]);

    line.cut();
    await until(before, ({ connection }) => connection.status === "reconnecting", "the loss");
    changes.length = 0;
    const waiting = await before.send({ conversationId, content: { kind: "text", text: "thrid" } });
    await before.editMessage(conversationId, 2, "fisrt");
    await before.editMessage(conversationId, 2, "first");
    await before.react(conversationId, 1, "👍", true);
    await before.react(conversationId, 1, "🎉", true);
    await before.react(conversationId, 1, "🎉", false);
    await before.recallMessage(conversationId, 3);
    await before.editOutgoing(waiting, "third");
    await before.setDraft(conversationId, "and one more");
    await shows(before, conversationId, ["hi, Ann", "first", "system", "[third]"]);
    await before.close();

    const ann = await clients.start(line.url, await open());
    ann.openConversation(conversationId);
    await shows(ann, conversationId, ["hi, Ann", "first", "system", "[third]"]);
    expect(ann.getState().windows.get(conversationId)?.changing).toEqual(new Set([1, 2, 3]));
    expect(reactionsOf(ann, conversationId, 1)).toEqual([{ emoji: "👍", count: 1, userIds: [annPerson.userId] }]);
    expect(conversation(ann, conversationId)).toMatchObject({ draft: "and one more" });
    expect(changes).toEqual([]);

    line.mend();
    ann.reconnectNow();
    await online(ann);
    const all = ["hi, Ann", "first", "system", "third"];
    await shows(bob, conversationId, all);
    await shows(ann, conversationId, all);
    const versions = (client: ImClient) =>
      client
        .getState()
        .windows.get(conversationId)
        ?.messages.map(({ version }) => version)
        .join();
    for (const client of [ann, bob]) {
      await waitFor(() => versions(client) === "2,2,2,1", { what: "the changes, each once" });
    }
    await waitFor(() => ann.getState().windows.get(conversationId)?.changing.size === 0, { what: "the answers" });
    expect(changes.toSorted()).toEqual(["message:edit", "message:react", "message:recall", "message:send"]);
    expect(ann.getState().windows.get(conversationId)?.messages).toEqual(
      bob.getState().windows.get(conversationId)?.messages,
    );
    expect(ann.getState().failedChanges).toEqual([]);
  });

  it("are told of when the server refuses them, then and later", async () => {
    const [annPerson, bobPerson] = await at.people("Ann", "Bob");
    const store = new MemoryStore();
    const line = await clients.line();
    const ann = await clients.signIn(annPerson, line.url, store);
    const bob = await clients.signIn(bobPerson);
    const chat = await bob.openDirect(annPerson.userId);
    await say(bob, chat, "hi, Ann");
    await until(ann, ({ conversations }) => conversations.length === 1, "the chat at Ann's");
    const conversationId = bob.resolveConversationId(chat);
    ann.openConversation(conversationId);
    await shows(ann, conversationId, ["hi, Ann"]);
    line.cut();
    await until(ann, ({ connection }) => connection.status === "reconnecting", "the loss");
    await ann.editMessage(conversationId, 1, "not mine");
    await shows(ann, conversationId, ["not mine"]);
    line.mend();
    ann.reconnectNow();
    await until(ann, ({ failedChanges }) => failedChanges.length === 1, "the refusal");
    await shows(ann, conversationId, ["hi, Ann"]);
    const [failed] = ann.getState().failedChanges;
    expect(failed).toMatchObject({ conversationId, seq: 1, kind: "edit", error: { code: "FORBIDDEN" } });
    await ann.dismissChange(failed?.id ?? "");
    await online(ann);
    const refusal = await ann.recallMessage(conversationId, 1).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ImError);
    expect(ann.getState().failedChanges).toMatchObject([{ kind: "recall", error: { code: "FORBIDDEN" } }]);
  });

  it("follow a message whose acknowledgement was lost", async () => {
    const [annPerson, bobPerson] = await at.people("Ann", "Bob");
    const store = new MemoryStore();
    let deaf = false;
    const line = await clients.line(({ to }) => !(deaf && to === "client"));
    const before = await clients.signIn(annPerson, line.url, store);
    const bob = await clients.signIn(bobPerson);
    const chat = await before.openDirect(bobPerson.userId);
    await say(before, chat, "one");
    await until(bob, ({ conversations }) => conversations.length === 1, "the chat at Bob's");
    const [{ conversationId } = { conversationId: "" }] = bob.getState().conversations;
    bob.openConversation(conversationId);
    await until(
      before,
      ({ conversations }) => conversations[0]?.conversationId === conversationId,
      "the chat at Ann's",
    );
    deaf = true;
    const edited = await before.send({ conversationId, content: { kind: "text", text: "tow" } });
    await shows(bob, conversationId, ["one", "tow"]);
    line.cut();
    await before.editOutgoing(edited, "two");
    await before.close();
    deaf = false;
    const ann = await clients.start(line.url, store);
    ann.openConversation(conversationId);
    line.mend();
    ann.reconnectNow();
    await shows(bob, conversationId, ["one", "two"]);
    await shows(ann, conversationId, ["one", "two"]);
  });
});
