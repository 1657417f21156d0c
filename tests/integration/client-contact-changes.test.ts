import { type ImClient, MemoryStore } from "@im-webapp/client";
import { IndexedDbStore } from "@im-webapp/client/indexeddb";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { expect, it } from "vitest";
import { befriend } from "./contact-calls.ts";
import { online, until, useClients } from "./client-calls.ts";
import { useServer } from "./one-server.ts";

const at = useServer();
const clients = useClients(() => at.url);

const contact = (client: ImClient, userId: string) => client.getState().contacts.get(userId);
const isCut = (client: ImClient) =>
  until(client, ({ connection }) => connection.status === "reconnecting", "the loss of the network");

it("keeps changes of contacts made without a network over a restart, and has them everywhere afterwards", async () => {
  const indexedDB = new IDBFactory();
  const open = () => IndexedDbStore.open({ scope: "contacts", indexedDB, IDBKeyRange });
  const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
  for (const person of [bob, cid]) await befriend(ann, person);
  const line = await clients.line(() => true);
  const before = await clients.signIn(ann, line.url, await open());
  const other = await clients.signIn(ann);
  const heard: string[] = [];
  for (const client of [before, other]) {
    await until(client, ({ contacts }) => contacts.size === 2, "the contacts");
  }
  other.select(
    ({ contacts }) => contacts.get(bob.userId)?.alias,
    (alias) => heard.push(alias ?? ""),
  );

  line.cut();
  await isCut(before);
  await before.contacts.update(bob.userId, { alias: "Bobb" });
  await before.contacts.update(bob.userId, { alias: "Bobby", favourite: true });
  await before.contacts.block(eve.userId);
  await before.contacts.remove(cid.userId);
  const isChanged = (client: ImClient) => {
    expect(contact(client, bob.userId)).toMatchObject({ alias: "Bobby", favourite: true });
    expect(contact(client, eve.userId)).toMatchObject({ blocked: true });
    expect(contact(client, cid.userId)).toBeUndefined();
  };
  isChanged(before);
  expect(contact(other, bob.userId)?.alias).toBeUndefined();
  await before.close();

  const again = await clients.start(line.url, await open());
  isChanged(again);
  line.mend();
  again.reconnectNow();
  await online(again);
  await until(
    other,
    ({ contacts }) =>
      contacts.get(bob.userId)?.favourite === true &&
      contacts.get(eve.userId)?.blocked === true &&
      !contacts.has(cid.userId),
    "all changes on the other device",
  );
  isChanged(again);
  isChanged(other);
  const fresh = await clients.signIn(ann);
  await until(fresh, ({ contacts }) => contacts.size === 2, "the lists");
  isChanged(fresh);
  expect(heard, "the last alias only, once").toEqual(["Bobby"]);
  expect(again.getState().failedChanges).toEqual([]);
});

it("undoes what the server refuses, says why, and goes on with the rest", async () => {
  const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
  for (const person of [bob, cid]) await befriend(ann, person);
  const line = await clients.line(() => true);
  const away = await clients.signIn(ann, line.url, new MemoryStore());
  await until(away, ({ contacts }) => contacts.size === 2, "the contacts");
  line.cut();
  await isCut(away);
  const bobs = await clients.signIn(bob);
  await until(bobs, ({ contacts }) => contacts.size === 1, "the contact");
  await bobs.contacts.remove(ann.userId);
  await away.contacts.update(bob.userId, { alias: "Bobby" });
  await away.contacts.block(bob.userId);
  await away.contacts.update(cid.userId, { favourite: true });
  line.mend();
  away.reconnectNow();
  await until(away, ({ failedChanges }) => failedChanges.length > 0, "the refusal");
  await until(away, ({ contacts }) => contacts.get(bob.userId)?.since === undefined, "the end of the contact");
  const [failed] = away.getState().failedChanges;
  expect(failed).toMatchObject({ kind: "alias", userId: bob.userId, alias: "Bobby", error: { code: "NOT_FOUND" } });
  const there = await clients.signIn(ann);
  for (const client of [away, there]) {
    await until(client, ({ contacts }) => contacts.get(bob.userId)?.blocked === true, "the block");
    await until(client, ({ contacts }) => contacts.get(cid.userId)?.favourite === true, "the favourite");
  }
  await away.dismissChange(failed?.id ?? "");
  expect(away.getState().failedChanges).toEqual([]);
});

it("tells whoever waits of a refusal, once", async () => {
  const [ann, bob] = await at.people("Ann", "Bob");
  const client = await clients.signIn(ann);
  await expect(client.contacts.update(bob.userId, { favourite: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(client.getState().failedChanges).toEqual([]);
  await client.contacts.block(bob.userId);
  expect(contact(client, bob.userId)).toMatchObject({ blocked: true });
});
