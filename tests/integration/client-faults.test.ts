import { join } from "node:path";
import type { ImClient } from "@im-webapp/client";
import { openNodeStore } from "@im-webapp/client/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { root } from "../../scripts/root.ts";
import { type Backing, openBacking } from "../support/backing.ts";
import { Child } from "../support/child.ts";
import type { Connection } from "../support/connection.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/guard.ts";
import { PASSWORD, Person, bootstrapAll, historyAll, sendText } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { conversation, online, say, scroll, texts, until, useClients } from "./client-calls.ts";
import { textOf } from "./one-server.ts";

/** What a program in Node, with its store in a file, holds when things go wrong. Browsers: tests/client-faults. */

/** Times that the program is killed. */
const ROUNDS = 3;

/** Messages of the other side meanwhile: more than one page of a window. */
const MISSED = 60;

/**
 * How long a file may become, in the shell's blocks of 512 or 1,024 bytes: a little more than an empty store. The system
 * then refuses to write, as it does on a full disk.
 */
const FULL_BLOCKS = 400;

let backing: Backing;
let server: Server;
let folder: string;
let files = 0;
let file: string;

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start();
  folder = makeTemporaryFolder("client-faults");
});

beforeEach(() => {
  files += 1;
  file = join(folder, `${files}.db`);
});

afterAll(async () => {
  await server.stop();
  await removeTemporaryFolder(folder);
  await backing.release();
});

const clients = useClients(() => server.url);
const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

/** Ann, whose program meets the fault, and Bob, who has written to her. */
async function makePair(): Promise<{ ann: Person; bob: Person; bobs: Connection; chat: string }> {
  const [ann, bob] = await Promise.all([Person.register(server.url, "Ann"), Person.register(server.url, "Bob")]);
  const bobs = await bob.connect();
  const { conversationId } = await sendText(bobs, { userId: ann.userId }, "before");
  return { ann, bob, bobs, chat: conversationId };
}

/** Starts a program that writes as Ann until it is killed; `limits` is what the shell does before. */
function startWriting({ username }: Person, chat: string, word: string, limits = ":"): Promise<Child> {
  const program = join("tests", "integration", "writing-client.ts");
  const given = [process.execPath, "--import", "tsx", program, server.url, file, username, PASSWORD, chat, word];
  return Child.start("/bin/sh", ["-c", `${limits}; exec "$0" "$@"`, ...given], {
    name: "the writing program",
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
}

/** What it has said; the line that is being written may be cut off. */
function linesOf(child: Child): string[] {
  return child.logs().split("\n").slice(0, -1);
}

/** Waits until the program holds what a fresh device is told, expects that, and gives the texts. */
async function holdsTheTruth(client: ImClient, person: Person, chat: string): Promise<string[]> {
  client.openConversation(chat);
  await waitFor(() => client.getState().windows.get(chat)?.outgoing.length === 0, { what: "all being sent" });
  const connection = await person.connect(server.url);
  const history = await historyAll(connection, chat);
  const last = history.at(-1)!;
  await waitFor(() => conversation(client, chat)?.lastMessage?.seq === last.seq, { what: "the newest message" });
  expect(await scroll(client, chat)).toEqual(history);
  const { lastSeq, readSeq, unread } = (await bootstrapAll(connection)).conversations[0]!;
  await waitFor(() => conversation(client, chat)?.readSeq === readSeq, { what: "the read position" });
  expect(conversation(client, chat)).toMatchObject({ lastSeq, readSeq, unread });
  connection.close();
  return history.map(textOf);
}

it("a program killed in the middle of writes: the next one over its file sends what was taken, each once, in order", async () => {
  const { ann, bobs, chat } = await makePair();
  const taken: string[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const child = await startWriting(ann, chat, `round ${round}:`);
    const lines = () => linesOf(child);
    try {
      await waitFor(() => lines().length >= 1, { timeoutMs: 30_000, what: "the first message" });
      for (const text of numbered(`flood ${round}:`, 20)) await sendText(bobs, { conversationId: chat }, text);
      await waitFor(() => lines().length >= round * 30, { what: "messages taken" });
    } finally {
      await child.kill();
    }
    taken.push(...lines());
  }
  const client = await clients.start(server.url, await openNodeStore({ file }));
  await online(client);
  const all = await holdsTheTruth(client, ann, chat);
  const own = all.filter((text) => text.startsWith("round"));
  expect(new Set(own).size).toBe(own.length);
  // What was taken just before the kill may not have been told any more.
  expect(own.filter((text) => taken.includes(text))).toEqual(taken);
  expect(own.length - taken.length).toBeLessThanOrEqual(ROUNDS);
  bobs.close();
});

it("the disk is full: what was taken before stays in the file, and is sent by the next program when there is room", async () => {
  const { ann, bobs, chat } = await makePair();
  const word = `full ${"x".repeat(300)}`;
  const child = await startWriting(ann, chat, word, `ulimit -f ${FULL_BLOCKS}`);
  const { code } = await child.exited;
  expect(code).toBe(1);
  const taken = linesOf(child).filter((text) => text.startsWith(word));
  expect(taken.length).toBeGreaterThan(0);
  const client = await clients.start(server.url, await openNodeStore({ file }));
  await online(client);
  await say(client, chat, "room again");
  const own = (await holdsTheTruth(client, ann, chat)).filter((text) => text.startsWith(word));
  expect(new Set(own).size).toBe(own.length);
  expect(own.filter((text) => taken.includes(text))).toEqual(taken);
  bobs.close();
});

it("offline for long, and ended meanwhile: what was written arrives in order, each once; edits and recalls are shown", async () => {
  const { ann, bobs, chat } = await makePair();
  const kept = await sendText(bobs, { conversationId: chat }, "to be edited");
  const gone = await sendText(bobs, { conversationId: chat }, "to be recalled");
  const line = await clients.line();
  const first = await clients.signIn(ann, line.url, await openNodeStore({ file }));
  first.openConversation(chat);
  await waitFor(() => texts(first, chat).length === 3, { what: "what there is" });
  line.cut();
  await until(first, ({ connection }) => connection.status === "reconnecting", "the loss");
  const written = numbered("offline", 5);
  await say(first, chat, ...written.slice(0, 3));
  await first.close();
  for (const text of numbered("missed", MISSED)) await sendText(bobs, { conversationId: chat }, text);
  await bobs.ok("message:edit", { conversationId: chat, seq: kept.seq, content: { kind: "text", text: "edited" } });
  await bobs.ok("message:recall", { conversationId: chat, seq: gone.seq });

  const again = await clients.start(line.url, await openNodeStore({ file }));
  await say(again, chat, ...written.slice(3));
  line.mend();
  again.reconnectNow();
  await online(again);
  const all = await holdsTheTruth(again, ann, chat);
  expect(all.filter((text) => written.includes(text))).toEqual(written);
  expect(all).toContain("edited");
  expect(all).not.toContain("to be recalled");
  expect(all.filter((text) => text.startsWith("missed"))).toEqual(numbered("missed", MISSED));
  bobs.close();
});

it("the server is killed and restarts: what was on its way arrives once, in order, and what others write is shown", async () => {
  const { ann, bob, bobs, chat } = await makePair();
  const client = await clients.signIn(ann, server.url, await openNodeStore({ file }));
  client.openConversation(chat);
  const written = numbered("on its way", 40);
  await say(client, chat, ...written);
  const { port } = new URL(server.url);
  await server.kill();
  await until(client, ({ connection }) => connection.status === "reconnecting", "the loss");
  expect(client.getState().windows.get(chat)?.outgoing.length).toBeGreaterThan(0);
  await say(client, chat, "during");
  bobs.close();
  server = await backing.start({ env: { PORT: port } });
  client.reconnectNow();
  await online(client);
  const socket = await bob.connect(server.url);
  await sendText(socket, { conversationId: chat }, "after");
  socket.close();
  const all = await holdsTheTruth(client, ann, chat);
  expect(all.filter((text) => !["before", "after"].includes(text))).toEqual([...written, "during"]);
});
