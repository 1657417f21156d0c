import { randomUUID } from "node:crypto";
import { MAX_CUSTOM_BYTES, MAX_PACKET_BYTES } from "@im-webapp/protocol";
import { io } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Connection } from "../support/connection.ts";
import { Person, historyAll, pullAll, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { problemOfAck } from "./fuzz-calls.ts";

let backing: Backing;
let server: Server;
let ann: Person;
let bob: Person;
let bobs: Connection;

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start();
  [ann, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  bobs = await bob.connect();
});

// Whatever a test threw at the server: others are served by the same process.
afterEach(async () => {
  expect(server.exit).toBeUndefined();
  expect(await bobs.ok("sync:pull", { cursor: bobs.ready.head })).toMatchObject({ more: false });
});

afterAll(async () => {
  bobs.close();
  await server.stop();
  await backing.release();
});

function textMessage(text: string) {
  return { clientMessageId: randomUUID(), to: { userId: bob.userId }, content: { kind: "text", text } };
}

/** What a client would put on the wire, below the library's own checks. */
function writeFrame(connection: Connection, frame: string): void {
  const { engine } = connection.socket.io as unknown as { engine: { write(frame: string): void } };
  engine.write(frame);
}

describe("a call", () => {
  it.each([
    ["without a payload", () => []],
    ["with null", () => [null]],
    ["with two payloads", () => [textMessage("one"), textMessage("two")]],
    ["with bytes", () => [Buffer.from("bytes")]],
    [
      "with bytes inside",
      () => [{ ...textMessage(""), content: { kind: "custom", type: "x", data: Buffer.from("b") } }],
    ],
    ["with a list", () => [[textMessage("x")]]],
  ])("%s is refused in words", async (_what, payloads) => {
    const connection = await ann.connect();
    const ack = await connection.raw("message:send", ...payloads());
    expect(ack).toMatchObject({ ok: false, error: { code: "BAD_REQUEST" } });
    connection.close();
  });

  it("of an unknown name is refused in words", async () => {
    const connection = await ann.connect();
    for (const event of [
      "",
      "message:sent",
      "__proto__",
      "constructor",
      "toString",
      "error",
      "sync:push",
      "🀄",
      "\0",
    ]) {
      const ack = await connection.raw(event, {});
      expect(ack, JSON.stringify(event)).toMatchObject({ ok: false, error: { code: "BAD_REQUEST" } });
    }
    connection.close();
  });

  it("that asks for no acknowledgement takes effect all the same, or does no harm", async () => {
    const connection = await ann.connect();
    connection.socket.emit("message:send");
    connection.socket.emit("message:send", { to: 1 });
    connection.socket.emit("no such call", null, null);
    connection.socket.emit("message:send", textMessage("no answer needed"));
    await bobs.pushedText("no answer needed");
    connection.close();
  });

  it("that a message is too long for is TOO_LARGE, at the limit it is taken", async () => {
    const connection = await ann.connect();
    const { maxTextLength } = connection.ready.limits;
    const atLimit = "界".repeat(maxTextLength);
    expect(await connection.raw("message:send", textMessage(`${atLimit}!`))).toMatchObject({
      ok: false,
      error: { code: "TOO_LARGE" },
    });
    const { conversationId } = await sendText(connection, { userId: bob.userId }, atLimit);
    expect((await historyAll(bobs, conversationId)).at(-1)?.content).toEqual({ kind: "text", text: atLimit });
    connection.close();
  });

  it.each([8, 30, 100, 1_000, MAX_CUSTOM_BYTES / 2 - 10])(
    "with custom data nested %i deep is taken or refused, and reads back if taken",
    async (depth) => {
      const connection = await ann.connect();
      const call = { ...textMessage(""), content: { kind: "custom", type: "nested", data: "DATA" } };
      // As text: the library's own walk over the payload would overflow here first.
      const payload = JSON.stringify(call).replace('"DATA"', "[".repeat(depth) + "]".repeat(depth));
      const answer = new Promise((resolve) => {
        connection.socket.io.engine.on("data", (frame: unknown) => {
          if (typeof frame === "string" && frame.startsWith("399"))
            resolve((JSON.parse(frame.slice(3)) as unknown[])[0]);
        });
      });
      writeFrame(connection, `299["message:send",${payload}]`);
      const ack = await answer;
      expect(problemOfAck("message:send", ack)).toBeUndefined();
      if (depth === 8) expect(ack).toMatchObject({ ok: true });
      // What was stored must not poison anybody's timeline.
      const fresh = await bob.connect();
      const entries = await pullAll(fresh);
      if ((ack as { ok: boolean }).ok) {
        expect(entries.at(-1)).toMatchObject({ type: "message", message: { clientMessageId: call.clientMessageId } });
      }
      fresh.close();
      connection.close();
    },
  );
});

describe("a connection", () => {
  it.each([
    ["no token", undefined],
    ["null", null],
    ["an empty token", ""],
    ["a number", 7],
    ["an object", { token: "x" }],
    ["a list", ["x"]],
    ["a wrong token", "x".repeat(43)],
    ["an endless token", "x".repeat(100_000)],
    ["NUL", "\0"],
    ["a lone surrogate", "\ud800"],
    ["a prototype", JSON.parse('{"__proto__": {"token": "x"}}')],
  ])("with %s is refused as unauthenticated", async (_what, token) => {
    await expect(Connection.open(server.url, token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("to an unknown namespace is refused", async () => {
    const socket = io(`${server.url}/admin`, {
      auth: { token: ann.token },
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
    });
    const error = await new Promise<Error>((resolve) => socket.once("connect_error", resolve));
    expect(error.message).toMatch(/namespace/i);
    socket.close();
  });

  it.each([
    '2["x"',
    "2",
    "2[]",
    "2{}",
    "2null",
    "2[null]",
    "2[{}]",
    '2[["message:send"]]',
    '2["disconnect"]',
    '2["connect"]',
    '2["newListener",{}]',
    '25["disconnecting"]',
    "29999999999999999999999[]",
    '2/admin,["message:send"]',
    "3",
    '31["ok"]',
    "9",
    "",
    "\u0000",
    "4{}",
    "0",
    '0{"token":"x"}',
    "1",
    '51-["message:send",{"_placeholder":true,"num":0}]',
    '5999999-["message:send"]',
    '61-["x"]',
    `2["message:send",${"[".repeat(100_000)}${"]".repeat(100_000)}]`,
    `2["message:send",${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}]`,
    `2["message:send",${"9".repeat(100_000)}]`,
  ])("that writes the broken frame %j harms nobody", async (frame) => {
    const connection = await ann.connect();
    writeFrame(connection, frame);
    // The server may close a connection that does not keep to the protocol; one that stays open is still served.
    const served = connection.raw("sync:pull", { cursor: 0 }).catch(() => "closed");
    const outcome = await Promise.race([served, waitFor(() => connection.socket.disconnected && "closed")]);
    if (outcome !== "closed") expect(problemOfAck("sync:pull", outcome)).toBeUndefined();
    connection.close();
  });

  it("that sends a packet above the limit is closed, alone", async () => {
    const [big, small] = await Promise.all([ann.connect(), ann.connect()]);
    big.socket.emit("message:send", textMessage("x".repeat(MAX_PACKET_BYTES)));
    await waitFor(() => big.socket.disconnected, { what: "the end of the connection" });
    expect(await small.ok("sync:pull", { cursor: small.ready.head })).toMatchObject({ more: false });
    small.close();
  });
});
