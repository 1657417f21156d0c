import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import type { Connection } from "../support/connection.ts";
import { type Random, chooseSeed, integer, seededRandom } from "../support/random.ts";
import { openRaw } from "../support/raw-database.ts";
import { rest } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { problemOfAck, problemOfAnswer, restCall, socketCall } from "./fuzz-calls.ts";
import { problemsOfRows } from "./fuzz-rows.ts";
import { asText, mutate, valueSource } from "./fuzz-values.ts";
import { Chat, type World, makeWorld, problemsOfReading } from "./fuzz-world.ts";

/** Payloads thrown at the server; three in five at its sockets. */
const SOCKET_PAYLOADS = 6_000;
const REST_PAYLOADS = 4_000;

/** Calls in flight at a time. */
const LANES = 16;

/** A packet stays below the limit that closes its connection, in UTF-16 units: the wire takes up to three bytes each. */
const MAX_PAYLOAD_LENGTH = 300_000;

/** Problems printed when there are any. */
const SHOWN = 10;

/** A bystander's message may take this long while the rubbish comes in, in milliseconds; usually it takes 30. */
const SLOWEST_CHAT_MS = 5_000;

const FUZZ_TIMEOUT_MS = 240_000;

let backing: Backing;
let server: Server;
let world: World;
const seed = chooseSeed();

beforeAll(async () => {
  console.log(`SEED=${seed}`);
  backing = await openBacking();
  server = await backing.start();
  world = await makeWorld(server.url);
});

afterAll(async () => {
  await backing.release();
});

/** Runs `one` so many times, several at once, while Alice and Bob chat; gives what went wrong, the first few. */
async function whileOthersChat(times: number, one: (index: number) => Promise<string | undefined>): Promise<string[]> {
  const chat = await Chat.begin(world);
  let running = true;
  const chatting = chat.run(() => running);
  const problems: string[] = [];
  let next = 0;
  try {
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        while (next < times && problems.length < SHOWN) {
          next += 1;
          const problem = await one(next);
          if (problem !== undefined) problems.push(problem);
        }
      }),
    );
  } finally {
    running = false;
    await chatting;
    chat.end();
  }
  expect(Math.max(...chat.delays), "the slowest message of the bystanders").toBeLessThan(SLOWEST_CHAT_MS);
  expect(chat.delays.length).toBeGreaterThan(10);
  return problems;
}

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 300);

/** A query string made of what a payload holds, spoilt: repeated, nested and wrongly typed parameters. */
function spoilPath(path: string, random: Random, value: () => unknown): string {
  const choice = random();
  if (choice < 0.5) return path;
  const text = encodeURIComponent(asText(value()).slice(0, 500).toWellFormed());
  if (choice < 0.6) return `${path}${path.includes("?") ? "&" : "?"}limit=${text}&limit=1`;
  if (choice < 0.7) return `${path}${path.includes("?") ? "&" : "?"}query[a][]=${text}&page=${text}`;
  const parts = path.split("/");
  parts[integer(random, 3, parts.length - 1)] = text;
  return parts.join("/");
}

describe("10,000 random and mutated payloads", () => {
  it(
    "at the sockets are each acknowledged with a code or a success",
    async () => {
      const random = seededRandom(seed);
      const value = valueSource(seed, random);
      const connections: Connection[] = await Promise.all([
        world.mallory.connect(),
        world.mallory.connect(),
        world.trudy.connect(),
      ]);
      const codes = new Map<string, number>();
      const problems = await whileOthersChat(SOCKET_PAYLOADS, async (index) => {
        const call = socketCall(random, world.places);
        const event = random() < 0.04 ? asText(value()).slice(0, 100) || "message" : call.event;
        const payload = random() < 0.1 ? call.payload : mutate(call.payload, random, value);
        const text = JSON.stringify(payload) ?? "";
        if (text.length > MAX_PAYLOAD_LENGTH) return undefined;
        // These names are the library's own, on the client's side too: it refuses to emit them.
        if (
          ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].includes(event)
        ) {
          return undefined;
        }
        const ack = await connections[index % connections.length]?.raw(event, payload);
        const code = (ack as { error?: { code?: string } }).error?.code ?? "ok";
        codes.set(code, (codes.get(code) ?? 0) + 1);
        const problem = problemOfAck(event, ack);
        return problem && `${event} ${shown(payload)} → ${problem}: ${shown(ack)}`;
      });
      for (const connection of connections) connection.close();
      console.log("sockets", Object.fromEntries(codes));
      expect(problems, `SEED=${seed}`).toEqual([]);
      expect(codes.get("ok"), "some must get through, or nothing is stored").toBeGreaterThan(SOCKET_PAYLOADS / 50);
      expect(server.exit).toBeUndefined();
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    "at REST are each answered with a code or a success",
    async () => {
      const random = seededRandom(seed + 1);
      const value = valueSource(seed + 1, random);
      const account = { username: world.trudy.username, password: "not the password" };
      const codes = new Map<string, number>();
      const problems = await whileOthersChat(REST_PAYLOADS, async () => {
        const call = restCall(random, world.places, account);
        const path = spoilPath(call.path, random, value);
        const body = call.body === undefined ? undefined : mutate(call.body, random, value);
        const token =
          random() < 0.9
            ? world.mallory.token
            : asText(value())
                .slice(0, 2_000)
                .replace(/[^\x21-\x7e]/g, "?");
        const { status, body: answer } = await rest(server.url, call.method, path, { token: token || "x", body });
        const code = (answer as { error?: { code?: string } } | undefined)?.error?.code ?? String(status);
        codes.set(code, (codes.get(code) ?? 0) + 1);
        // A spoilt path may lead to another call, whose answer is not this one's.
        const success =
          path.split("?")[0] === call.path.split("?")[0] ? call.answer : { safeParse: () => ({ success: true }) };
        const problem = problemOfAnswer(status, answer, success);
        return problem && `${call.method} ${path} ${shown(body)} → ${problem}: ${shown(answer)}`;
      });
      console.log("REST", Object.fromEntries(codes));
      expect(problems, `SEED=${seed}`).toEqual([]);
      expect(server.exit).toBeUndefined();
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe("afterwards", () => {
  it("all that anybody can read passes its schema", async () => {
    for (const person of [world.mallory, world.trudy, world.alice, world.bob]) {
      const { problems, read } = await problemsOfReading(person);
      expect(problems.slice(0, SHOWN), `SEED=${seed}`).toEqual([]);
      expect(read).toBeGreaterThan(0);
    }
  });

  it("all that is stored passes its schema", async () => {
    const database = await openRaw(backing.env["DATABASE_URL"], server.dataDir);
    try {
      const problems = await problemsOfRows(database);
      expect(problems.slice(0, SHOWN), `SEED=${seed}`).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it("the same process still runs, has logged no fault of its own, and stops in order", async () => {
    expect(server.exit).toBeUndefined();
    process.kill(server.pid, 0);
    const faults = server
      .logs()
      .split("\n")
      .filter((line) => /"level":(50|60)/.test(line));
    expect(faults.slice(0, SHOWN), `SEED=${seed}`).toEqual([]);
    await server.stop();
  });
});
