import { expect, it } from "vitest";
import { conversation, online, say, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();
const clients = useClients(() => at.url);

/** Bob's laptop, on a line of its own and offline, and his phone; Ann has said "hello" to him. */
async function offline() {
  const [annPerson, bobPerson] = await at.people("Ann", "Bob");
  const line = await clients.line();
  const [ann, laptop, phone] = [
    await clients.signIn(annPerson),
    await clients.signIn(bobPerson, line.url),
    await clients.signIn(bobPerson),
  ];
  const chat = await ann.openDirect(bobPerson.userId);
  await say(ann, chat, "hello");
  await until(ann, () => ann.resolveConversationId(chat) !== chat, "the chat at Ann's");
  const id = ann.resolveConversationId(chat);
  for (const device of [laptop, phone]) await until(device, () => conversation(device, id)?.unread === 1, "the hello");
  line.cut();
  await until(laptop, ({ connection }) => connection.status === "reconnecting", "the loss");
  const back = async () => {
    line.mend();
    await online(laptop);
    // What is set last shows that what was done before it has arrived.
    await laptop.setConversation(id, { pinned: true });
    await until(phone, () => conversation(phone, id)?.pinned === true, "what was set afterwards");
  };
  return { laptop, phone, id, back };
}

it("a chat that was read and then marked as unread without a network is so on all devices", async () => {
  const { laptop, phone, id, back } = await offline();
  await laptop.markRead(id, 1);
  await laptop.setConversation(id, { markedUnread: true });
  expect(conversation(laptop, id)).toMatchObject({ unread: 0, markedUnread: true });
  await back();
  for (const device of [laptop, phone]) {
    await until(device, () => conversation(device, id)?.readSeq === 1, "the reading");
    expect(conversation(device, id)).toMatchObject({ unread: 0, markedUnread: true });
  }
});

it("a chat that was marked as unread and then read without a network is read on all devices", async () => {
  const { laptop, phone, id, back } = await offline();
  await laptop.setConversation(id, { markedUnread: true });
  await laptop.markRead(id, 1);
  expect(conversation(laptop, id)?.markedUnread ?? false).toBe(false);
  await back();
  for (const device of [laptop, phone]) {
    await until(device, () => conversation(device, id)?.readSeq === 1, "the reading");
    expect(conversation(device, id)?.markedUnread ?? false).toBe(false);
  }
});
