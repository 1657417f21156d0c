import { execFileSync } from "node:child_process";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import type { Connection } from "../support/connection.ts";
import { Person, pullAll, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

const WORKERS = 2;

let backing: Backing;
let server: Server;

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start({ workers: WORKERS });
});

afterAll(async () => {
  await backing.release();
});

/** The processes that the server has started to answer calls. */
function workerPids(): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return Number(parent) === server.pid && command.join(" ").includes("main.js") ? [Number(pid)] : [];
  });
}

/** Sockets that are spread over the processes: each goes to the one with the fewest. */
async function connectOneByOne(person: Person, count: number): Promise<Connection[]> {
  const connections: Connection[] = [];
  for (let number = 0; number < count; number += 1) connections.push(await person.connect());
  return connections;
}

describe("one server of two processes", () => {
  it("delivers between sockets, whichever process has them", async () => {
    const people = await Promise.all(["Ann", "Bob", "Cid"].map((name) => Person.register(server.url, name)));
    const group = await people[0]!.createGroup("Workers", people.slice(1));
    const connections: Connection[] = [];
    for (const person of people) connections.push(...(await connectOneByOne(person, 4)));
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

  it("greets everyone who connects, one by one and in a rush", async () => {
    const ann = await Person.register(server.url, "Ann");
    const connections = await connectOneByOne(ann, 100);
    connections.push(...(await Promise.all(Array.from({ length: 100 }, () => ann.connect()))));
    for (const connection of connections) connection.close();
  });

  it("serves clients that begin with HTTP polling, as plain Socket.IO ones do", async () => {
    const ann = await Person.register(server.url, "Ann");
    for (const transports of [["polling"], ["polling", "websocket"]]) {
      const socket = io(server.url, { auth: { token: ann.token }, transports, forceNew: true, reconnection: false });
      await new Promise((resolve, reject) => {
        socket.once("session:ready", resolve);
        socket.once("connect_error", reject);
      });
      for (let call = 0; call < 20; call += 1) {
        const ack: unknown = await socket.timeout(10_000).emitWithAck("sync:pull", { cursor: 0 });
        expect(ack).toMatchObject({ ok: true });
      }
      socket.close();
    }
  });

  it("takes bodies that come in several pieces", async () => {
    const ann = await Person.register(server.url, "Ann");
    // Ids as long as they may be: some 32 kB, more than one read of a socket.
    const userIds = [ann.userId, ...Array.from({ length: 450 }, (_, index) => `${index}-`.padEnd(64, "x"))];
    const { users } = await ann.rest<{ users: unknown[] }>("POST", "/api/v1/users/lookup", { userIds });
    expect(users).toHaveLength(1);
  });

  it("goes on when one of them is killed, and replaces it", async () => {
    const [ann, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
    const connections = await connectOneByOne(ann, 8);
    const before = workerPids();
    expect(before).toHaveLength(WORKERS);

    process.kill(before[0]!, "SIGKILL");
    await waitFor(() => connections.some(({ socket }) => socket.disconnected), { what: "the end of its sockets" });
    expect(
      connections.some(({ socket }) => socket.connected),
      "the other one keeps its own",
    ).toBe(true);
    // Once the supervisor knows, whoever was cut off is served again, though the replacement is not up yet.
    await waitFor(() => !workerPids().includes(before[0]!), { what: "the supervisor's notice" });
    const again = await waitFor(() => ann.connect(), { what: "a new connection" });
    await sendText(again, { userId: bob.userId }, "still here");
    await waitFor(() => workerPids().length === WORKERS && !workerPids().includes(before[0]!), {
      what: "another worker",
      timeoutMs: 30_000,
    });
    for (const connection of [...connections, again]) connection.close();
  });

  it("says goodbye and stops in order", async () => {
    const ann = await Person.register(server.url, "Ann");
    const connection = await ann.connect();
    await server.stop();
    await waitFor(() => connection.socket.disconnected, { what: "the end of the connection" });
    expect(connection.drain).toMatchObject({ reconnectInMs: expect.any(Number) as number });
  });
});
