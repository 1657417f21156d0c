import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReadyEvent } from "@im-webapp/protocol";
import { Server } from "socket.io";
import type { Socket } from "socket.io";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ImError } from "../errors.ts";
import type { Link, LinkEvents } from "./link.ts";
import { socketDialer } from "./socket.ts";

const READY = { userId: "me", protocol: 1 } as ReadyEvent;

let io: Server;
let url: string;
/** What the server does with a connection. */
let serve: (socket: Socket) => void;
let heard: string[];
let closed: ImError | undefined;
let links: Link[];

const events: LinkEvents = {
  ready: ({ userId }) => heard.push(`ready ${userId}`),
  push: ({ entries }) => heard.push(`push ${entries.length}`),
  groupPush: ({ conversationId }) => heard.push(`push of ${conversationId}`),
  typing: ({ userId }) => heard.push(`${userId} types`),
  presence: ({ userId }) => heard.push(`presence of ${userId}`),
  revoked: ({ reason }) => heard.push(`revoked ${reason}`),
  drain: ({ reconnectInMs }) => heard.push(`drain ${reconnectInMs}`),
  closed: (error) => {
    heard.push("closed");
    closed = error;
  },
};

function dial(token = "good", callTimeoutMs?: number): Link {
  const link = socketDialer(url, callTimeoutMs)(token, events);
  links.push(link);
  return link;
}

const until = (event: string) => vi.waitFor(() => expect(heard).toContain(event), { timeout: 10_000 });

beforeEach(async () => {
  heard = [];
  links = [];
  closed = undefined;
  serve = (socket) => socket.emit("session:ready", READY);
  const http = createServer();
  io = new Server(http, { transports: ["websocket"] });
  io.use((socket, next) => {
    if (socket.handshake.auth["token"] === "good") return next();
    next(Object.assign(new Error("no"), { data: { code: "UNAUTHENTICATED", message: "no such session" } }));
  });
  io.on("connection", (socket) => serve(socket));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const link of links) link.close();
  await io.close();
});

describe("socketDialer", () => {
  it("passes on what the server says", async () => {
    serve = (socket) => {
      socket.emit("session:ready", READY);
      socket.emit("sync:push", { entries: [1, 2] });
      socket.emit("group:push", { conversationId: "g", messages: [], changes: [], lastSeq: 1, changeSeq: 0 });
      socket.emit("server:drain", { reconnectInMs: 5 });
      socket.emit("session:revoked", { reason: "logout" });
      socket.disconnect(true);
    };
    dial();
    await until("closed");
    expect(heard).toEqual(["ready me", "push 2", "push of g", "drain 5", "revoked logout", "closed"]);
    expect(closed).toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
  });

  it("gives the server's reason for a refused handshake", async () => {
    dial("bad");
    await until("closed");
    expect(closed).toMatchObject({ code: "UNAUTHENTICATED", message: "no such session" });
  });

  it("fails where nobody listens", async () => {
    url = "http://127.0.0.1:1";
    dial();
    await until("closed");
    expect(closed).toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
  });

  it("gives answers and refusals of calls", async () => {
    serve = (socket) => {
      socket.on("sync:ack", ({ cursor }: { cursor: number }, ack: (answer: unknown) => void) => {
        if (cursor === 1) ack({ ok: true, data: {} });
        else if (cursor === 2) ack({ ok: false, error: { code: "RATE_LIMITED", message: "slow", retryAfterMs: 7 } });
        else if (cursor === 3) ack({ ok: false, error: { code: "FROM_THE_FUTURE", message: "?" } });
        else ack("nonsense");
      });
      socket.emit("session:ready", READY);
    };
    const link = dial();
    await until("ready me");
    await expect(link.call("sync:ack", { cursor: 1 })).resolves.toEqual({});
    await expect(link.call("sync:ack", { cursor: 2 })).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 7 });
    await expect(link.call("sync:ack", { cursor: 3 })).rejects.toMatchObject({ code: "INTERNAL", message: "?" });
    await expect(link.call("sync:ack", { cursor: 4 })).rejects.toMatchObject({ code: "INTERNAL" });
  });

  it("fails calls whose answer the connection takes along, and those after it", async () => {
    serve = (socket) => {
      socket.on("sync:ack", () => socket.disconnect(true));
      socket.emit("session:ready", READY);
    };
    const link = dial();
    await until("ready me");
    const lost = { code: "UNAVAILABLE", details: { reason: "network" } };
    await expect(link.call("sync:ack", { cursor: 1 })).rejects.toMatchObject(lost);
    await expect(link.call("sync:ack", { cursor: 1 })).rejects.toMatchObject(lost);
    expect(heard).toEqual(["ready me", "closed"]);
  });

  it("fails calls that are not answered in time", async () => {
    serve = (socket) => {
      socket.on("sync:ack", () => undefined);
      socket.emit("session:ready", READY);
    };
    const link = dial("good", 50);
    await until("ready me");
    await expect(link.call("sync:ack", { cursor: 1 })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      details: { reason: "timeout" },
    });
    expect(heard).toEqual(["ready me"]);
  });

  it("says nothing after it was closed by its owner", async () => {
    const link = dial();
    await until("ready me");
    link.close();
    await vi.waitFor(() => expect(io.engine.clientsCount).toBe(0));
    expect(heard).toEqual(["ready me"]);
    await expect(link.call("sync:ack", { cursor: 1 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
