import { type ClientState, type ImClient, MemoryStore } from "@im-webapp/client";
import { expect, it } from "vitest";
import { befriend } from "./contact-calls.ts";
import { online, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();
const clients = useClients(() => at.url);

/** Contacts and applications as a program shows them, in an order of its own. */
const people = ({ contacts, applications }: ClientState) => ({
  contacts: [...contacts.values()].toSorted((a, b) => (a.userId < b.userId ? -1 : 1)),
  applications: [...applications.values()].toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1)),
});

const agree = (a: ImClient, b: ImClient) =>
  until(b, (state) => JSON.stringify(people(state)) === JSON.stringify(people(a.getState())), "the same people");

it("shows an application and its answer on all devices of both, and what became of the contact", async () => {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs, bobsOther] = [await clients.signIn(ann), await clients.signIn(bob), await clients.signIn(bob)];
  const made = await anns.contacts.apply(bob.userId, "hello");
  await until(
    bobsOther,
    (state) => state.applications.get(made.applicationId)?.description === "hello",
    "the application",
  );
  await until(bobsOther, (state) => state.users.get(ann.userId)?.displayName === "Ann", "the applicant's name");
  await bobs.contacts.accept(made.applicationId);
  await until(anns, (state) => state.contacts.get(bob.userId)?.since !== undefined, "the contact");
  await agree(bobs, bobsOther);

  await bobs.contacts.update(ann.userId, { alias: "Annie", favourite: true });
  await until(bobsOther, (state) => state.contacts.get(ann.userId)?.alias === "Annie", "the alias");
  expect(anns.getState().contacts.get(bob.userId)?.alias).toBeUndefined();
  await bobs.contacts.block(ann.userId);
  await until(bobsOther, (state) => state.contacts.get(ann.userId)?.blocked === true, "the block");
  await bobs.contacts.remove(ann.userId);
  await until(anns, (state) => !state.contacts.has(bob.userId), "the end of the contact");
  await bobs.contacts.unblock(ann.userId);
  await until(bobsOther, (state) => state.contacts.size === 0, "nobody");
  await expect(anns.contacts.update(bob.userId, { favourite: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("makes a device that was away, and one that is new, end like one that was there", async () => {
  const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
  await befriend(ann, cid);
  const store = new MemoryStore();
  const away = await clients.signIn(ann, undefined, store);
  await until(away, (state) => state.contacts.has(cid.userId), "the list of contacts");
  await away.close();

  const there = await clients.signIn(ann);
  await there.contacts.apply(bob.userId, "hello");
  await there.contacts.remove(cid.userId);
  await there.contacts.block(eve.userId);
  await befriend(eve, cid);
  await until(there, ({ contacts }) => contacts.has(eve.userId) && !contacts.has(cid.userId), "its own changes");

  const back = await clients.start(undefined, store);
  expect(back.getState().contacts.has(cid.userId), "from the device, before any connection").toBe(true);
  await online(back);
  await agree(there, back);
  await agree(there, await clients.signIn(ann));
});
