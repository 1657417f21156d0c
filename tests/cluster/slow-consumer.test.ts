import { readFileSync } from "node:fs";
import { MAX_TEXT_LENGTH } from "@im-webapp/protocol";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Line } from "../support/line.ts";
import { Person, pullAll, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";

/** Devices that stop reading. */
const SLOW = 8;

/** Characters pushed to each of them at least: many times what may wait for one. */
const PUSHED = 32 * 1024 * 1024;

/** What the process may grow by meanwhile, in bytes: a third of what it would have to hold for all of them. */
const MAY_GROW = 256 * 1024 * 1024;

let backing: Backing;
let server: Server;

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start();
});

afterAll(async () => {
  await server.stop();
  await backing.release();
});

/** Tens of megabytes to many devices, on a busy machine, in milliseconds. */
const PUSHED_WITHIN_MS = 60_000;

/** Two such waits and what is between them, so that a wait that ends in vain says what it waited for. */
const TEST_TIMEOUT_MS = 3 * PUSHED_WITHIN_MS;

/** Memory of the server's process, in bytes. */
function memory(): number {
  const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1];
  return Number(kibibytes) * 1024;
}

it(
  "devices that do not read are cut off, others are served, and what was missed is in the timeline",
  async () => {
    const [ann, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
    const [anns, bobs] = await Promise.all([ann.connect(), bob.connect()]);
    const text = "字".repeat(MAX_TEXT_LENGTH);
    const { conversationId } = await sendText(anns, { userId: bob.userId }, text);
    const lines = await Promise.all(Array.from({ length: SLOW }, () => Line.open(server.url)));
    const slow = await Promise.all(lines.map((line) => bob.connect(line.url)));
    const send = (count: number) =>
      Promise.all(Array.from({ length: count }, () => sendText(anns, { conversationId }, text)));
    await send(100);
    await waitFor(() => slow.every(({ pushed }) => pushed.length === 100), {
      what: "all pushes",
      timeoutMs: PUSHED_WITHIN_MS,
    });

    for (const line of lines) line.freeze();
    const before = memory();
    let sent = 101;
    let most = before;
    while ((sent - 101) * text.length < PUSHED) {
      await send(100);
      sent += 100;
      most = Math.max(most, memory());
    }
    await waitFor(() => (server.logs().match(/cut off/g) ?? []).length >= SLOW, { what: "the end of all of them" });
    expect(most - before).toBeLessThan(MAY_GROW);

    // Bob's device that reads has everything, and so has one that comes back.
    await waitFor(() => bobs.pushed.filter(({ type }) => type === "message").length === sent, {
      what: "all pushes",
      timeoutMs: PUSHED_WITHIN_MS,
    });
    const again = await bob.connect();
    expect((await pullAll(again)).filter(({ type }) => type === "message")).toHaveLength(sent);
    for (const connection of [anns, bobs, again, ...slow]) connection.close();
    await Promise.all(lines.map((line) => line.close()));
  },
  TEST_TIMEOUT_MS,
);
