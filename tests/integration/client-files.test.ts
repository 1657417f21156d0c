import { MemoryStore, type ImClient, type OutgoingMessage } from "@im-webapp/client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { GateLine } from "../support/gate-line.ts";
import { Person } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { say, shows, until, useClients } from "./client-calls.ts";
import { pictureOf } from "./file-calls.ts";

const MIB = 1024 * 1024;

/** Largest file that this server takes. */
const MAX_MIB = 40;

/** A file of more than two requests, in bytes. */
const LARGE = 20 * MIB;

/** What may be sent again after a break, in bytes: what lay in the buffers of sockets and of the server. */
const IN_BUFFERS = 8 * MIB;

let backing: Backing;
let server: Server;
const lines: GateLine[] = [];

beforeAll(async () => {
  backing = await openBacking();
  server = await backing.start({ env: { FILE_MAX_MB: String(MAX_MIB) } });
});
afterAll(async () => {
  await server.stop();
  await backing.release();
});

const clients = useClients(() => server.url);
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.close()));
});

/** Bytes of which each part is told from the others. */
function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(size / 4);
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index, 2_654_435_761);
  return new Uint8Array(words.buffer);
}

async function openLine(): Promise<GateLine> {
  const line = await GateLine.open(server.url);
  lines.push(line);
  return line;
}

/** Ann behind a line, with a store of her own, in a chat with Bob. */
async function makePair() {
  const line = await openLine();
  const [annPerson, bobPerson] = await Promise.all([
    Person.register(server.url, "Ann"),
    Person.register(server.url, "Bob"),
  ]);
  const store = new MemoryStore();
  const ann = await clients.signIn(annPerson, line.url, store);
  const bob = await clients.signIn(bobPerson);
  const placeholder = await ann.openDirect(bobPerson.userId);
  await say(ann, placeholder, "hello");
  await until(ann, () => ann.resolveConversationId(placeholder) !== placeholder, "the conversation");
  const chat = ann.resolveConversationId(placeholder);
  ann.openConversation(chat);
  bob.openConversation(chat);
  await shows(ann, chat, ["hello"]);
  return { line, store, ann, bob, chat };
}

const outgoing = (client: ImClient, chat: string): readonly OutgoingMessage[] =>
  client.getState().windows.get(chat)?.outgoing ?? [];
const uploadOf = (client: ImClient, chat: string, id: string) =>
  outgoing(client, chat).find(({ clientMessageId }) => clientMessageId === id)?.upload;

function sendBytes(client: ImClient, conversationId: string, bytes: BlobPart, name = "data.bin"): Promise<string> {
  return client.sendFile({ conversationId, file: new Blob([bytes]), name, as: "file" });
}

/** The file of the newest message that carries one, as `client` reads it. */
async function newestFile(client: ImClient, chat: string): Promise<Uint8Array> {
  const content = client
    .getState()
    .windows.get(chat)
    ?.messages.findLast((message) => "fileId" in message.content)?.content;
  if (!content || !("fileId" in content)) throw new Error("no message carries a file");
  return new Uint8Array(await (await client.files.read(content.fileId)).arrayBuffer());
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(Buffer.from(other));

/** The server killed and started again on what it has kept; `line` leads to it. */
async function killAndRestart(line: GateLine): Promise<void> {
  await server.kill();
  line.cut();
  server = await backing.start({ env: { FILE_MAX_MB: String(MAX_MIB) } });
  line.mend(server.url);
}

describe("a file", () => {
  it("is shown at once without a network, and sent when there is one", async () => {
    const { line, ann, bob, chat } = await makePair();
    line.cut();
    await until(ann, ({ connection }) => connection.status === "reconnecting", "the loss of the connection");
    const picture = await pictureOf("#47a", 800, 600);
    const id = await ann.sendFile({
      conversationId: chat,
      file: new Blob([picture], { type: "image/png" }),
      name: "海.png",
      as: "image",
      width: 800,
      height: 600,
    });
    expect(outgoing(ann, chat)).toMatchObject([
      {
        clientMessageId: id,
        status: "waiting",
        content: { kind: "image", fileId: "" },
        upload: { name: "海.png", sentBytes: 0, totalBytes: picture.length, paused: false, width: 800, height: 600 },
      },
    ]);
    const local = await ann.files.local(id);
    expect(local?.type).toBe("image/png");
    expect(sameBytes(new Uint8Array(await local!.arrayBuffer()), picture)).toBe(true);
    line.mend();
    ann.reconnectNow();
    await shows(bob, chat, ["hello", "image"]);
    await shows(ann, chat, ["hello", "image"]);
    expect(sameBytes(await newestFile(bob, chat), picture)).toBe(true);
    expect(await ann.files.local(id)).toBeUndefined();
  });

  it("goes on from where it was after the server was killed, and arrives once", async () => {
    const { line, ann, bob, chat } = await makePair();
    const bytes = bytesOf(LARGE);
    line.holdAfter(11 * MIB);
    await sendBytes(ann, chat, bytes);
    await waitFor(() => line.isHolding, { what: "the middle of the upload" });
    await killAndRestart(line);
    line.release();
    ann.reconnectNow();
    await shows(ann, chat, ["hello", "file"]);
    expect(sameBytes(await newestFile(ann, chat), bytes)).toBe(true);
    expect(line.sent).toBeLessThan(LARGE + IN_BUFFERS);
    await bob.close();
  });

  it("goes on after its program was ended and started anew", async () => {
    const { line, store, ann, bob, chat } = await makePair();
    const bytes = bytesOf(LARGE);
    line.holdAfter(11 * MIB);
    const id = await sendBytes(ann, chat, bytes);
    await waitFor(() => line.isHolding, { what: "the middle of the upload" });
    await ann.close();
    line.release();
    const again = await clients.start(line.url, store);
    again.openConversation(chat);
    expect(outgoing(again, chat).map(({ clientMessageId }) => clientMessageId)).toEqual([id]);
    await shows(bob, chat, ["hello", "file"]);
    expect(sameBytes(await newestFile(bob, chat), bytes)).toBe(true);
    expect(line.sent).toBeLessThan(LARGE + IN_BUFFERS);
  });

  it("stops and goes on as it is told, and tells how far it is", async () => {
    const { line, ann, bob, chat } = await makePair();
    const bytes = bytesOf(LARGE);
    line.holdAfter(10 * MIB);
    const id = await sendBytes(ann, chat, bytes);
    await waitFor(() => line.isHolding, { what: "the middle of the upload" });
    await waitFor(() => (uploadOf(ann, chat, id)?.sentBytes ?? 0) >= 8 * MIB, { what: "word of it" });
    await ann.pauseUpload(id);
    line.release();
    expect(uploadOf(ann, chat, id)).toMatchObject({ paused: true, totalBytes: LARGE });
    // Another one passes it.
    await sendBytes(ann, chat, bytesOf(MIB), "small.bin");
    await shows(bob, chat, ["hello", "file"]);
    expect((await newestFile(bob, chat)).length).toBe(MIB);
    await ann.resumeUpload(id);
    await shows(bob, chat, ["hello", "file", "file"]);
    expect(sameBytes(await newestFile(bob, chat), bytes)).toBe(true);
    expect(line.sent).toBeLessThan(LARGE + MIB + IN_BUFFERS);
  });

  it("is passed by text and not by files, nor by what is said with it", async () => {
    const { line, ann, bob, chat } = await makePair();
    line.holdAfter(2 * MIB);
    await sendBytes(ann, chat, bytesOf(LARGE), "first.bin");
    await waitFor(() => line.isHolding, { what: "the middle of the upload" });
    await ann.sendFile({
      conversationId: chat,
      file: new Blob([await pictureOf()], { type: "image/png" }),
      name: "second.png",
      as: "image",
    });
    await ann.send({ conversationId: chat, content: { kind: "text", text: "these two" }, afterFiles: true });
    await say(ann, chat, "meanwhile");
    await shows(bob, chat, ["hello", "meanwhile"]);
    // The second is at the server, and waits for the first.
    await waitFor(() => outgoing(ann, chat).some(({ content }) => content.kind === "image" && content.fileId !== ""), {
      what: "the end of the second upload",
    });
    expect(outgoing(ann, chat).map(({ status }) => status)).toEqual(["waiting", "waiting", "waiting"]);
    line.release();
    await shows(bob, chat, ["hello", "meanwhile", "file", "image", "these two"]);
  });

  it("is taken back in the middle, here and at the server", async () => {
    const { line, store, ann, chat } = await makePair();
    line.holdAfter(10 * MIB);
    const id = await sendBytes(ann, chat, bytesOf(LARGE));
    await waitFor(() => line.isHolding, { what: "the middle of the upload" });
    const [begun] = (await (await store.openAccount(ann.getState().me!.userId)).load()).outgoing;
    const path = begun?.parts?.[0]?.url;
    const session = await store.loadSession();
    const ask = async () =>
      (
        await fetch(server.url + path, {
          method: "HEAD",
          headers: { authorization: `Bearer ${session?.token}`, "tus-resumable": "1.0.0" },
        })
      ).status;
    expect(await ask()).toBe(200);
    await ann.discard(id);
    expect(outgoing(ann, chat)).toEqual([]);
    line.release();
    await waitFor(async () => (await ask()) === 404, { what: "the end of the upload at the server" });
    expect(await ann.files.local(id)).toBeUndefined();
    await say(ann, chat, "never mind");
    await shows(ann, chat, ["hello", "never mind"]);
  });

  it("that is too large fails with the reason, and may be sent again or taken back", async () => {
    const { ann, bob, chat } = await makePair();
    const id = await sendBytes(ann, chat, bytesOf((MAX_MIB + 1) * MIB));
    const failed = () => outgoing(ann, chat).find(({ status }) => status === "failed");
    await waitFor(failed, { what: "the refusal" });
    expect(failed()).toMatchObject({ clientMessageId: id, error: { code: "TOO_LARGE", details: { reason: "file" } } });
    // It holds nothing up.
    await sendBytes(ann, chat, bytesOf(MIB));
    await shows(bob, chat, ["hello", "file"]);
    await ann.resend(id);
    await waitFor(() => failed()?.clientMessageId === id, { what: "the second refusal" });
    await ann.discard(id);
    await shows(ann, chat, ["hello", "file"]);
  });

  it("that is not what it is said to be fails with the reason", async () => {
    const { ann, chat } = await makePair();
    const id = await ann.sendFile({ conversationId: chat, file: new Blob(["no"]), name: "a.png", as: "image" });
    await waitFor(() => outgoing(ann, chat)[0]?.status === "failed", { what: "the refusal" });
    expect(outgoing(ann, chat)).toMatchObject([{ clientMessageId: id, error: { code: "BAD_REQUEST" } }]);
  });

  it("is uploaded again where the server has removed it before the message came", async () => {
    const { line, store, ann, bob, chat } = await makePair();
    line.cut();
    await until(ann, ({ connection }) => connection.status === "reconnecting", "the loss of the connection");
    const bytes = bytesOf(MIB);
    const id = await sendBytes(ann, chat, bytes);
    await ann.close();
    // As an earlier run has left it that got as far as the upload, more than a day ago.
    const account = await store.openAccount((await store.loadSession())!.me.userId);
    await account.updateOutgoing([id], ({ parts: _parts, ...held }) => ({
      ...held,
      content: { kind: "file", fileId: "0123456789abcdefghij" },
    }));
    line.mend();
    await clients.start(line.url, store);
    await shows(bob, chat, ["hello", "file"]);
    expect(sameBytes(await newestFile(bob, chat), bytes)).toBe(true);
  });

  it("brings the picture of a film along", async () => {
    const { ann, bob, chat } = await makePair();
    // Enough of a film for the server to tell what it is: nobody plays it here.
    const head = [0, 0, 0, 0x18, ...Buffer.from("ftypisom"), 0, 0, 2, 0, ...Buffer.from("isomiso2")];
    const still = await pictureOf("#222", 320, 180);
    await ann.sendFile({
      conversationId: chat,
      file: new Blob([new Uint8Array([...head, ...new Uint8Array(1_000)])], { type: "video/mp4" }),
      name: "film.mp4",
      as: "video",
      width: 640,
      height: 360,
      durationMs: 2_000,
      thumbnail: new Blob([still], { type: "image/png" }),
    });
    await shows(bob, chat, ["hello", "video"]);
    const content = bob.getState().windows.get(chat)?.messages.at(-1)?.content;
    if (content?.kind !== "video" || content.thumbnail === undefined) throw new Error("no film with a picture");
    const read = new Uint8Array(await (await bob.files.read(content.thumbnail)).arrayBuffer());
    expect(sameBytes(read, still)).toBe(true);
  });
});
