import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import type { Connection } from "../support/connection.ts";
import { Line } from "../support/line.ts";
import { Person, historyAll, sendText } from "../support/people.ts";
import { rest } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** An orderly stop may take this long, by the operating contract, in milliseconds. */
const STOP_WITHIN_MS = 10_000;

let backing: Backing;
const running: Server[] = [];

beforeEach(async () => {
  backing = await openBacking();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.kill()));
  await backing.release();
});

async function start(env: Record<string, string> = {}): Promise<Server> {
  const server = await backing.start({ env });
  running.push(server);
  return server;
}

/** Stops a server in order and gives the milliseconds that it took. */
async function stop(server: Server): Promise<number> {
  const begun = performance.now();
  await server.stop();
  return performance.now() - begun;
}

/** What a server that cannot start says; it must end by itself with code 1. */
async function failureOf(env: Record<string, string>): Promise<string> {
  const failure = await start(env).then(
    () => "it started",
    (error: Error) => error.message,
  );
  expect(failure).toContain('the server ended at start: {"code":1,"signal":null}');
  return failure;
}

describe("starting", () => {
  it("names every variable of the environment that is wrong, and ends with 1", async () => {
    const bad = {
      PORT: "seventy",
      DATABASE_URL: "postgres://localhost/im",
      WORKERS: "0",
      TIMEZONE: "Asia/Shanghai",
      LOG_LEVEL: "loud",
      RATE_LIMIT: "no",
      SYNC_KEEP_DAYS: "-1",
    };
    const failure = await failureOf(bad);
    for (const variable of Object.keys(bad)) expect(failure).toContain(`${variable}: `);
    expect(failure, "a person reads it: no stack").not.toMatch(/^\s+at /m);
  });

  it("with several workers and no bus asks for REDIS_URL", async () => {
    expect(await failureOf({ WORKERS: "2", REDIS_URL: "" })).toMatch(/REDIS_URL: needed when WORKERS/);
  });

  it("with a database that is not there ends with 1, and keeps the password to itself", async () => {
    const failure = await failureOf({ DATABASE_URL: "mysql://im:hush-hush@127.0.0.1:1/im" });
    expect(failure).toContain("cannot start");
    expect(failure).not.toContain("hush-hush");
  });

  it("on a port that is taken ends with 1", async () => {
    const { url } = await start();
    expect(await failureOf({ PORT: new URL(url).port })).toContain("EADDRINUSE");
  });

  it("again on the same database keeps its epoch and all that was said", async () => {
    const first = await start();
    const ann = await Person.register(first.url, "Ann");
    const before = await ann.connect(first.url);
    const { conversationId } = await sendText(before, { userId: ann.userId }, "remember");
    expect(before.ready.epoch).toMatch(/^[\da-z]{20}$/);
    before.close();
    expect(await stop(first)).toBeLessThan(STOP_WITHIN_MS);

    const again = await start();
    const after = await ann.connect(again.url);
    expect(after.ready.epoch).toBe(before.ready.epoch);
    expect(await historyAll(after, conversationId)).toHaveLength(1);
    after.close();
  });

  it("twice at once on an empty database agrees on one epoch", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const ann = await Person.register(one.url, "Ann");
    const connections = await Promise.all([ann.connect(one.url), ann.connect(other.url)]);
    expect(connections[0].ready.epoch).toBe(connections[1].ready.epoch);
    for (const connection of connections) connection.close();
  });
});

describe("stopping", () => {
  /** Messages that one sender keeps on their way. */
  const WINDOW = 16;

  /** What clients saw of their calls, by clientMessageId. */
  interface Seen {
    readonly acknowledged: Set<string>;
    readonly refusals: Set<string>;
    /** The connection ended before there was an answer. */
    readonly unanswered: Set<string>;
  }

  /** Sends one message after the other until the connection ends. */
  async function sendOn(connection: Connection, conversationId: string, seen: Seen): Promise<void> {
    while (connection.socket.connected) {
      const clientMessageId = randomUUID();
      const message = { clientMessageId, to: { conversationId }, content: { kind: "text" as const, text: "load" } };
      try {
        const ack = await connection.call("message:send", message);
        if (ack.ok) seen.acknowledged.add(clientMessageId);
        else seen.refusals.add(ack.error.code);
      } catch {
        seen.unanswered.add(clientMessageId);
      }
    }
  }

  /** Makes groups and adds to them until the server is gone; gives the statuses of the answers. */
  async function callOn(server: Server, owner: Person, other: Person): Promise<Set<number>> {
    const statuses = new Set<number>();
    const call = async (path: string, body: object) => {
      const answer = await rest(server.url, "POST", path, { token: owner.token, body });
      statuses.add(answer.status);
      return answer.body as { groupId?: string };
    };
    try {
      while (server.exit === undefined) {
        const { groupId } = await call("/api/v1/groups", { name: "Load", memberIds: [] });
        if (groupId !== undefined) await call(`/api/v1/groups/${groupId}/members`, { userIds: [other.userId] });
      }
    } catch {
      // The connection was refused or ended.
    }
    return statuses;
  }

  /** Polls `/readyz` until the server has ended; gives what was seen last while it stopped. */
  async function readiness(server: Server): Promise<string> {
    let last = "";
    while (server.exit === undefined) {
      last = await fetch(`${server.url}/readyz`).then(
        ({ status }) => String(status),
        () => "refused",
      );
    }
    return last;
  }

  it("under load answers what it took, tells its clients, and ends with 0 in time", async () => {
    const server = await start();
    const people = await Promise.all(["Ann", "Bob", "Cid"].map((name) => Person.register(server.url, name)));
    const connections = await Promise.all(people.map((person) => person.connect(server.url)));
    const { conversationId } = await people[0]!.createGroup("Load", people.slice(1));
    const seen: Seen = { acknowledged: new Set(), refusals: new Set(), unanswered: new Set() };
    const load = Promise.all(
      connections.flatMap((connection) =>
        Array.from({ length: WINDOW }, () => sendOn(connection, conversationId, seen)),
      ),
    );
    const calls = Promise.all(Array.from({ length: 8 }, () => callOn(server, people[1]!, people[2]!)));
    await waitFor(() => seen.acknowledged.size >= 100, { what: "load" });

    const [took, ready] = await Promise.all([stop(server), readiness(server)]);
    await load;
    for (const statuses of await calls) expect([201, 200, 503]).toEqual(expect.arrayContaining([...statuses]));
    expect(took).toBeLessThan(STOP_WITHIN_MS);
    expect(server.logs()).not.toMatch(/stopping took too long|stopping failed|"level":50/);
    expect(["refused", "503"]).toContain(ready);
    expect([...seen.refusals].filter((code) => code !== "UNAVAILABLE")).toEqual([]);
    for (const connection of connections) {
      expect(connection.drain?.reconnectInMs).toBeGreaterThan(0);
      expect(connection.revoked).toBeUndefined();
    }

    const again = await start();
    const reader = await people[0]!.connect(again.url);
    const history = await historyAll(reader, conversationId);
    reader.close();
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
    // Not one of them lost, and not one of them stored without its sender having been told.
    const stored = history
      .filter(({ content }) => content.kind === "text")
      .map(({ clientMessageId }) => clientMessageId);
    expect(stored.toSorted()).toEqual([...seen.acknowledged].toSorted());
  });

  it("when idle, with clients that stay connected, is quick", async () => {
    const server = await start();
    const ann = await Person.register(server.url, "Ann");
    const connection = await ann.connect(server.url);
    await stop(server);
    await waitFor(() => connection.socket.disconnected);
    expect(connection.drain).toBeDefined();
    expect(server.logs()).not.toMatch(/stopping took too long|stopping failed|"level":50/);
  });

  it("does not wait for a client whose network is gone", async () => {
    const server = await start();
    const ann = await Person.register(server.url, "Ann");
    const line = await Line.open(server.url);
    const connection = await ann.connect(line.url);
    line.freeze();
    await stop(server);
    expect(server.logs()).not.toMatch(/stopping took too long|stopping failed|"level":50/);
    expect(connection.drain, "it was told, and never heard it").toBeUndefined();
    connection.close();
    await line.close();
  });
});
