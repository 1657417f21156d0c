import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import type { Connection } from "../support/connection.ts";
import { Person, historyAll, pullAll, sendText } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** Two nodes on one MariaDB and one Redis, which share nothing else. */
let backing: Backing;
let west: Server;
let east: Server;
const open: Connection[] = [];

beforeAll(async () => {
  backing = await openBacking();
  [west, east] = await Promise.all([backing.start(), backing.start()]);
});

afterAll(async () => {
  for (const connection of open) connection.close();
  await Promise.all([west.stop(), east.stop()]);
  await backing.release();
});

async function connect(person: Person, node: Server): Promise<Connection> {
  const connection = await person.connect(node.url);
  open.push(connection);
  return connection;
}

/** Texts of `message` entries, in the order of the entries given. */
function textsOf(connection: Connection): string[] {
  return connection.pushed
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((entry) =>
      entry.type === "message" && entry.message.content.kind === "text" ? [entry.message.content.text] : [],
    );
}

describe("a message sent at one node", () => {
  it("is pushed to the recipient's socket at the other", async () => {
    const ann = await Person.register(west.url, "Ann");
    const bob = await Person.register(east.url, "Bob");
    const [annWest, bobEast] = await Promise.all([connect(ann, west), connect(bob, east)]);

    const sent = await sendText(annWest, { userId: bob.userId }, "over there");
    const entry = await bobEast.pushedText("over there");
    expect(entry).toMatchObject({ type: "message", message: { messageId: sent.messageId, seq: sent.seq } });

    await sendText(bobEast, { conversationId: sent.conversationId }, "and back");
    await annWest.pushedText("and back");
  });

  it("is pushed to the sender's own device at the other", async () => {
    const ann = await Person.register(west.url, "Ann");
    const bob = await Person.register(east.url, "Bob");
    const annsTablet = await ann.login(east.url);
    const [phone, tablet] = await Promise.all([connect(ann, west), connect(annsTablet, east)]);

    await sendText(phone, { userId: bob.userId }, "from my phone");
    await tablet.pushedText("from my phone");
    await sendText(tablet, { userId: bob.userId }, "from my tablet");
    await phone.pushedText("from my tablet");
    expect(await pullAll(phone)).toEqual(await pullAll(tablet));
  });

  it("reaches everyone in a group, wherever they are, in one order", async () => {
    const people = await Promise.all(
      ["Ann", "Bob", "Cid", "Dai"].map((name, index) => Person.register(index % 2 === 0 ? west.url : east.url, name)),
    );
    const connections = await Promise.all(
      people.map((person, index) => connect(person, index % 2 === 0 ? west : east)),
    );
    const group = await people[0]!.createGroup("Four corners", people.slice(1));

    // All at once, from both nodes.
    const texts = await Promise.all(
      connections.flatMap((connection, index) =>
        Array.from({ length: 10 }, async (_, number) => {
          const text = `${index}.${number}`;
          await sendText(connection, { groupId: group.groupId }, text);
          return text;
        }),
      ),
    );
    for (const connection of connections) {
      await waitFor(() => textsOf(connection).length >= texts.length, { what: "all pushes" });
      expect(textsOf(connection).toSorted()).toEqual(texts.toSorted());
      const seqs = new Set(connection.pushed.map(({ seq }) => seq));
      expect(seqs.size, "no entry is pushed twice").toBe(connection.pushed.length);
    }
    const orders = connections.map(textsOf);
    for (const order of orders) expect(order).toEqual(orders[0]);
    const history = await historyAll(connections[0]!, group.conversationId);
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
  });

  it("is there once when both nodes are given it at the same time", async () => {
    const ann = await Person.register(west.url, "Ann");
    const bob = await Person.register(east.url, "Bob");
    const [annWest, annEast] = await Promise.all([connect(ann, west), connect(ann, east)]);
    const { conversationId } = await sendText(annWest, { userId: bob.userId }, "hello");

    for (let round = 0; round < 20; round += 1) {
      const message = {
        clientMessageId: randomUUID(),
        to: { conversationId },
        content: { kind: "text" as const, text: `both ways ${round}` },
      };
      const [first, second] = await Promise.all([
        annWest.ok("message:send", message),
        annEast.ok("message:send", message),
      ]);
      expect({ ...first, duplicate: false }).toEqual({ ...second, duplicate: false });
      expect(first.duplicate).not.toBe(second.duplicate);
    }
    const history = await historyAll(annEast, conversationId);
    expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });

  it("makes one direct conversation when both write first at the same time", async () => {
    const ann = await Person.register(west.url, "Ann");
    const bob = await Person.register(east.url, "Bob");
    const [annWest, bobEast] = await Promise.all([connect(ann, west), connect(bob, east)]);
    const [one, other] = await Promise.all([
      sendText(annWest, { userId: bob.userId }, "me first"),
      sendText(bobEast, { userId: ann.userId }, "no, me"),
    ]);
    expect(one.conversationId).toBe(other.conversationId);
    expect(new Set([one.seq, other.seq])).toEqual(new Set([1, 2]));
  });
});

describe("what happens at one node", () => {
  it("reading there clears the unread count here", async () => {
    const ann = await Person.register(west.url, "Ann");
    const bob = await Person.register(east.url, "Bob");
    const bobsTablet = await bob.login(west.url);
    const [annWest, phone, tablet] = await Promise.all([
      connect(ann, west),
      connect(bob, east),
      connect(bobsTablet, west),
    ]);
    const { conversationId, seq } = await sendText(annWest, { userId: bob.userId }, "read me");
    await phone.pushedText("read me");
    expect(await phone.ok("read:mark", { conversationId, seq })).toEqual({ readSeq: seq, unread: 0 });
    await tablet.pushedEntry((entry) => entry.type === "read" && entry.readSeq === seq && entry.unread === 0);
    await annWest.pushedEntry((entry) => entry.type === "receipt" && entry.userId === bob.userId);
  });

  it("logging out there closes the socket here", async () => {
    const ann = await Person.register(west.url, "Ann");
    const annEast = await connect(ann, east);
    await rest(west.url, "POST", "/api/v1/auth/logout", { token: ann.token });
    await waitFor(() => annEast.socket.disconnected, { what: "the end of the socket" });
    expect(annEast.revoked).toEqual({ reason: "logout" });

    const { status, body } = await rest(east.url, "GET", "/api/v1/me", { token: ann.token });
    expect([status, wireErrorOf(body)?.code]).toEqual([401, "UNAUTHENTICATED"]);
    await expect(ann.connect(east.url)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("logging in there on the same device ends the session here, and no other device's", async () => {
    const ann = await Person.register(west.url, "Ann");
    const tablet = await ann.login(west.url);
    const [phoneWest, tabletWest] = await Promise.all([connect(ann, west), connect(tablet, west)]);
    const again = await ann.login(east.url, ann.deviceId);
    await waitFor(() => phoneWest.socket.disconnected, { what: "the end of the socket" });
    expect(phoneWest.revoked).toEqual({ reason: "replaced" });
    await connect(again, west);
    expect(await tabletWest.ok("sync:pull", { cursor: 0 })).toMatchObject({ more: false });
  });

  it("removing a member there silences them here at once", async () => {
    const ann = await Person.register(west.url, "Ann");
    const bob = await Person.register(east.url, "Bob");
    const cid = await Person.register(east.url, "Cid");
    const [annWest, bobEast, cidEast] = await Promise.all([connect(ann, west), connect(bob, east), connect(cid, east)]);
    const { groupId, conversationId } = await ann.createGroup("Three", [bob, cid]);
    // Both nodes know the members by now, from their own caches.
    await sendText(bobEast, { groupId }, "from the east");
    await sendText(annWest, { groupId }, "from the west");
    await Promise.all([bobEast.pushedText("from the west"), cidEast.pushedText("from the west")]);

    await ann.rest("DELETE", `/api/v1/groups/${groupId}/members/${bob.userId}`);
    const refused = await bobEast.call("message:send", {
      clientMessageId: randomUUID(),
      to: { groupId },
      content: { kind: "text", text: "still here?" },
    });
    expect(refused).toMatchObject({ ok: false, error: { code: "NOT_MEMBER" } });

    await sendText(cidEast, { groupId }, "without Bob");
    await annWest.pushedText("without Bob");
    const bobs = (await pullAll(bobEast)).filter((entry) => entry.type === "message");
    expect(bobs.some(({ message }) => message.content.kind === "text" && message.content.text === "without Bob")).toBe(
      false,
    );
    const readable = await historyAll(bobEast, conversationId);
    expect(readable.some(({ content }) => content.kind === "text" && content.text === "without Bob")).toBe(false);
  });
});
