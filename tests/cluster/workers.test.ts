import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Person, pullAll, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

let backing: Backing;
let server: Server;

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start({ workers: 2 });
});

afterAll(async () => {
  await backing.release();
});

describe("one server of two processes", () => {
  it("delivers between sockets, whichever process has them", async () => {
    const people = await Promise.all(["Ann", "Bob", "Cid"].map((name) => Person.register(server.url, name)));
    const group = await people[0]!.createGroup("Workers", people.slice(1));
    // Four sockets of each: the chance that one process has them all is one in two thousand.
    const connections = await Promise.all(
      people.flatMap((person) => Array.from({ length: 4 }, () => person.connect(server.url))),
    );
    const texts = connections.map((_, index) => `from socket ${index}`);
    await Promise.all(
      connections.map((connection, index) => sendText(connection, { groupId: group.groupId }, texts[index]!)),
    );
    for (const connection of connections) {
      await waitFor(
        () => {
          const got = connection.pushed.flatMap((entry) =>
            entry.type === "message" && entry.message.content.kind === "text" ? [entry.message.content.text] : [],
          );
          return texts.every((text) => got.includes(text));
        },
        { what: "every message at every socket" },
      );
    }
    const timelines = await Promise.all(connections.slice(0, 4).map((connection) => pullAll(connection)));
    for (const timeline of timelines) expect(timeline).toEqual(timelines[0]);
    for (const connection of connections) connection.close();
  });

  it("says goodbye and stops in order", async () => {
    const ann = await Person.register(server.url, "Ann");
    const connection = await ann.connect();
    await server.stop();
    await waitFor(() => connection.socket.disconnected, { what: "the end of the connection" });
    expect(connection.drain).toMatchObject({ reconnectInMs: expect.any(Number) as number });
  });
});
