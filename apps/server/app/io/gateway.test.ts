import { once } from "node:events";
import { type Server as HttpServer, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Entry } from "@im-webapp/protocol";
import { pino } from "pino";
import { Server } from "socket.io";
import { type Socket, io } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../core/accounts/ports.ts";
import type { Core } from "../core/core.ts";
import { ImError, unavailable } from "../core/shared/errors.ts";
import { unlimited } from "../core/shared/limit.ts";
import { SocketConnections } from "./connections.ts";
import { attachGateway } from "./gateway.ts";

/*
 * What the port does when a session ends, or the database goes away, between the handshake and the greeting: moments
 * that only a core under the test's control can hold still.
 */

const ENDED = new ImError("UNAUTHENTICATED", "this session has ended");

let http: HttpServer;
let server: Server;
let connections: SocketConnections;
const clients: Socket[] = [];

/** What authenticating answers for each token, one after the other; the last answer stays. */
let answers: Map<string, (Session | ImError)[]>;
/** Runs while a greeting reads the head of the timeline. */
let meanwhile: () => void;

const session = (sessionId: string): Session => ({
  sessionId,
  userId: "ann",
  deviceId: "phone",
  expiresAt: Infinity,
  signedInAt: 0,
});
const entry = (seq: number): Entry => ({ seq, at: 0, type: "read", conversationId: "c", readSeq: seq, unread: 0 });

/** What the connections' listener hears: `+user`, `-user`, `cut user`. */
let comings: string[];

const push = (...entries: Entry[]) => connections.push("ann", JSON.stringify(entries), entries.at(-1)?.seq ?? 0);

beforeEach(async () => {
  comings = [];
  answers = new Map();
  meanwhile = () => undefined;
  connections = new SocketConnections({
    userConnected: (userId) => comings.push(`+${userId}`),
    userDisconnected: (userId) => comings.push(`-${userId}`),
    cutOff: (userId) => comings.push(`cut ${userId}`),
  });
  http = createServer();
  server = new Server(http);
  const core = {
    sessions: {
      authenticate(token: string) {
        const queue = answers.get(token) ?? [ENDED];
        const answer = queue.length > 1 ? queue.shift() : queue[0];
        return answer instanceof ImError ? Promise.reject(answer) : Promise.resolve(answer);
      },
      seen: () => Promise.resolve(),
    },
    presence: { forget: () => undefined },
    files: { maxBytes: 1_000 },
    sync: {
      head() {
        meanwhile();
        return Promise.resolve(7);
      },
    },
  } as unknown as Core;
  attachGateway(server, {
    core,
    connections,
    limit: unlimited,
    epoch: "first",
    recallWithinMs: 60_000,
    log: pino({ level: "silent" }),
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

/** Opens a socket; gives it with the names of the events that it hears, and why it ends. */
function connect(token: string) {
  const { port } = http.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, { auth: { token }, reconnection: false, forceNew: true });
  clients.push(client);
  const heard: [string, unknown][] = [];
  client.onAny((event: string, payload: unknown) => heard.push([event, payload]));
  const ended = new Promise<string>((resolve) => {
    client.once("disconnect", resolve);
    client.once("connect_error", (error) => resolve(error.message));
  });
  const greeted = new Promise<void>((resolve) => client.once("session:ready", () => resolve()));
  return { client, heard, ended, greeted };
}

const names = (heard: [string, unknown][]) => heard.map(([event]) => event);

describe("a greeting", () => {
  it("comes before what was pushed while it was prepared", async () => {
    answers.set("token", [session("one")]);
    meanwhile = () => {
      push(entry(8));
      push(entry(9), entry(10));
    };
    const { heard, greeted } = connect("token");
    await greeted;
    push(entry(11));
    await expect.poll(() => heard.length).toBe(4);
    expect(heard).toEqual([
      [
        "session:ready",
        expect.objectContaining({
          userId: "ann",
          deviceId: "phone",
          epoch: "first",
          head: 7,
          limits: expect.objectContaining({ recallWithinMs: 60_000 }) as unknown,
        }),
      ],
      ["sync:push", { entries: [entry(8)] }],
      ["sync:push", { entries: [entry(9), entry(10)] }],
      ["sync:push", { entries: [entry(11)] }],
    ]);
  });

  it("is not given to a session that ended meanwhile, which is told so", async () => {
    answers.set("token", [session("one"), ENDED]);
    const { heard, ended } = connect("token");
    expect(await ended).toBe("io server disconnect");
    expect(heard).toEqual([["session:revoked", { reason: "revoked" }]]);
    expect(connections.count).toBe(0);
  });

  it("that comes too late leaves the sockets of the session alone that took its place", async () => {
    answers.set("new", [session("two")]);
    answers.set("old", [session("one"), ENDED]);
    const next = connect("new");
    await next.greeted;
    expect(await connect("old").ended).toBe("io server disconnect");
    push(entry(8));
    await expect.poll(() => names(next.heard)).toEqual(["session:ready", "sync:push"]);
    expect(connections.count).toBe(1);
  });

  it("that fails because the database is away tells nobody to sign in again, and lets the client come back", async () => {
    answers.set("token", [session("one"), unavailable("the database is away"), session("one")]);
    const { heard, ended } = connect("token");
    // After this reason, unlike the one above, Socket.IO clients connect again by themselves.
    expect(await ended).toBe("transport close");
    expect(heard).toEqual([]);
    await expect.poll(() => connections.count).toBe(0);
    await connect("token").greeted;
  });
});

describe("a handshake", () => {
  it("is refused with the code in data", async () => {
    const { client, ended } = connect("unknown");
    const data = new Promise((resolve) => client.once("connect_error", (error) => resolve(Reflect.get(error, "data"))));
    expect(await ended).toBe("this session has ended");
    expect(await data).toEqual({ code: "UNAUTHENTICATED", message: "this session has ended" });
  });

  it("while the database is away says when to try again", async () => {
    answers.set("token", [unavailable("the database is away")]);
    const { client } = connect("token");
    const data = new Promise((resolve) => client.once("connect_error", (error) => resolve(Reflect.get(error, "data"))));
    expect(await data).toEqual({ code: "UNAVAILABLE", message: "the database is away", retryAfterMs: 1_000 });
  });
});
