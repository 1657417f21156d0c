import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type Content, fileLink } from "@im-webapp/protocol";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { bearer, outcomeOf, pictureOf, postFile, readFile, send, uploadFile, words } from "./file-calls.ts";
import { animationOf, archiveWith } from "./file-bombs.ts";
import type { Person } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { useServer } from "./one-server.ts";

const at = useServer({ env: { FILE_MAX_MB: "1", FILES_PER_USER_MB: "2" } });

/** A refused send. */
const refusal = (code: string) =>
  expect.objectContaining({ error: expect.objectContaining({ code }) as unknown }) as Error;

async function contentOf(person: Person, conversationId: string, seq: number): Promise<Content> {
  const connection = await at.connect(person);
  const { messages } = await connection.ok("history:pull", { conversationId, around: seq });
  const message = messages.find((one) => one.seq === seq);
  if (!message) throw new Error("the message is missing");
  return message.content;
}

describe("a file", () => {
  it("is what its bytes are, and is given back byte by byte with a name that is safe", async () => {
    const ann = await at.person("Ann");
    const bytes = words("你好, file\n");
    const info = await uploadFile(ann, bytes, "../../报告.pdf");
    expect(info).toMatchObject({ name: "报告.pdf", size: bytes.length, mime: "text/plain", kind: "other" });
    const response = await readFile(ann, info.fileId);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": String(bytes.length),
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; .*filename\*=UTF-8''%E6%8A%A5%E5%91%8A\.pdf/,
    );
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it("is sent as a file, an image, a voice message or a film, with what the server knows of it", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const socket = await at.connect(ann);
    const picture = await uploadFile(ann, await pictureOf("#07c", 640, 480), "蓝.png");
    expect(picture).toMatchObject({ kind: "image", mime: "image/png", width: 640, height: 480 });
    const to = { userId: bob.userId };
    const image = await send(socket, to, { kind: "image", fileId: picture.fileId });
    const asFile = await send(socket, to, { kind: "file", fileId: picture.fileId });
    expect(await contentOf(bob, image.conversationId, image.seq)).toEqual({
      kind: "image",
      fileId: picture.fileId,
      width: 640,
      height: 480,
      blurhash: picture.blurhash,
      size: picture.size,
    });
    expect(await contentOf(bob, image.conversationId, asFile.seq)).toMatchObject({ kind: "file", name: "蓝.png" });
    const text = await uploadFile(ann, words("no picture"), "a.png");
    await expect(send(socket, to, { kind: "image", fileId: text.fileId })).rejects.toThrow(refusal("BAD_REQUEST"));
    const voice = { kind: "voice", fileId: text.fileId, durationMs: 1_000 } as const;
    await expect(send(socket, to, voice)).rejects.toThrow(refusal("BAD_REQUEST"));
  });

  it("that is an image comes small, turned as the camera was held, and says nothing of the place", async () => {
    const ann = await at.person("Ann");
    const photo = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: "#a30" } })
      .jpeg()
      .withExif({ IFD3: { GPSLatitude: "31/1 13/1 0/1" } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const info = await uploadFile(ann, new Uint8Array(photo), "photo.jpg");
    expect(info).toMatchObject({ width: 1_000, height: 2_000, kind: "image" });
    expect(info.blurhash).toMatch(/^\S{20,60}$/);
    for (const [variant, longest] of [
      ["thumbnail", 320],
      ["preview", 1_600],
    ] as const) {
      const response = await readFile(ann, info.fileId, `?variant=${variant}`);
      expect(response.headers.get("content-type")).toBe("image/webp");
      const made = await sharp(await response.arrayBuffer()).metadata();
      expect(made).toMatchObject({ format: "webp", width: longest / 2, height: longest });
      expect(made.exif).toBeUndefined();
    }
  });

  it("is read in parts, as players do", async () => {
    const ann = await at.person("Ann");
    const { fileId } = await uploadFile(ann, words("0123456789"));
    const part = async (range: string) => {
      const response = await readFile(ann, fileId, "", { range });
      return [response.status, response.headers.get("content-range"), await response.text()];
    };
    expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
    expect(await part("bytes=7-")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await part("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await part("bytes=10-")).toEqual([416, "bytes */10", ""]);
    expect((await part("lines=1-2"))[0]).toBe(200);
    expect((await part("bytes=0-1,4-5"))[2]).toBe("0123456789");
  });
});

describe("who may read a file", () => {
  it("is its uploader, and who is in a conversation that carries it; to others it does not exist", async () => {
    const [ann, bob, carl, dora] = await at.people("Ann", "Bob", "Carl", "Dora");
    const socket = await at.connect(ann);
    const { groupId } = await ann.createGroup("files", [bob, carl]);
    const { fileId } = await uploadFile(ann, words("secret"));
    const seenBy = (person: typeof ann) => readFile(person, fileId).then(outcomeOf);
    expect([await seenBy(ann), await seenBy(bob)]).toEqual(["200", "404 NOT_FOUND"]);
    await send(socket, { groupId }, { kind: "file", fileId });
    expect([await seenBy(bob), await seenBy(carl), await seenBy(dora)]).toEqual(["200", "200", "404 NOT_FOUND"]);
    for (const path of [`${fileId}/info`, `${fileId}/link`]) {
      expect(await readFile(dora, path).then(outcomeOf)).toBe("404 NOT_FOUND");
    }
    // One who leaves, and one who comes after it was sent.
    await carl.rest("DELETE", `/api/v1/groups/${groupId}/members/${carl.userId}`);
    await bob.rest("POST", `/api/v1/groups/${groupId}/members`, { userIds: [dora.userId] });
    expect([await seenBy(carl), await seenBy(dora)]).toEqual(["404 NOT_FOUND", "404 NOT_FOUND"]);
    // Who comes back sees what they saw before.
    await bob.rest("POST", `/api/v1/groups/${groupId}/members`, { userIds: [carl.userId] });
    expect(await seenBy(carl)).toBe("200");
    // And hands it on by a copy of the message, which is theirs to send on.
    const carls = await at.connect(carl);
    await send(carls, { userId: dora.userId }, { kind: "file", fileId });
    expect(await seenBy(dora)).toBe("200");
  });

  it("sends no file that they may not read, whatever they guess", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const { fileId } = await uploadFile(ann, words("mine"));
    const bobs = await at.connect(bob);
    const to = { userId: ann.userId };
    for (const guess of [fileId, "0".repeat(20), "../secret"]) {
      await expect(send(bobs, to, { kind: "file", fileId: guess })).rejects.toThrow(refusal("NOT_FOUND"));
    }
    for (const guess of ["..%2f..%2fim.sqlite", "0".repeat(20), "%00"]) {
      expect(await readFile(bob, guess).then(outcomeOf)).toBe("404 NOT_FOUND");
    }
  });

  it("is nobody when the message is recalled, and soon nothing of it is on the disk", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { fileId } = await uploadFile(ann, await pictureOf("#111"));
    const sent = await send(anns, { userId: bob.userId }, { kind: "image", fileId });
    const copy = await bobs.ok("message:send", {
      clientMessageId: randomUUID(),
      to: { userId: bob.userId },
      content: { kind: "forward", conversationId: sent.conversationId, seqs: [sent.seq] },
    });
    await anns.ok("message:recall", { conversationId: sent.conversationId, seq: sent.seq });
    // What was handed on before is a message of its own.
    expect(await readFile(bob, fileId).then(outcomeOf)).toBe("200");
    await bobs.ok("message:recall", { conversationId: copy.conversationId, seq: copy.seq });
    expect(await readFile(bob, fileId).then(outcomeOf)).toBe("404 NOT_FOUND");
    // The task looks at the start and once a minute.
    await at.restart();
    const folder = join(at.backing.env["DATA_DIR"] ?? "", "files", "files");
    await expect.poll(async () => (await readdir(folder)).filter((name) => name.startsWith(fileId))).toEqual([]);
    expect(await readFile({ url: at.url, token: ann.token }, fileId).then(outcomeOf)).toBe("404 NOT_FOUND");
  });

  it("is who is in a conversation to which it was handed on in a record of a chat, also after its recall", async () => {
    const [ann, bob, carl, dora] = await at.people("Ann", "Bob", "Carl", "Dora");
    const [anns, bobs, carls] = await at.connectAll(ann, bob, carl);
    const [paper, voice] = await Promise.all([
      uploadFile(ann, words("paper"), "plan.txt"),
      uploadFile(ann, words("hum")),
    ]);
    const to = { userId: bob.userId };
    const first = await send(anns, to, { kind: "file", fileId: paper.fileId });
    const second = await send(anns, to, { kind: "file", fileId: voice.fileId });
    const record = (conversationId: string, ...seqs: number[]) => ({
      clientMessageId: randomUUID(),
      content: { kind: "forward" as const, conversationId, seqs },
    });
    const seenBy = (person: typeof ann) =>
      Promise.all([paper, voice].map(({ fileId }) => readFile(person, fileId).then(outcomeOf)));
    const handed = await bobs.ok("message:send", {
      ...record(first.conversationId, first.seq, second.seq),
      to: { userId: carl.userId },
    });
    expect(await seenBy(carl)).toEqual(["200", "200"]);
    expect(await seenBy(dora)).toEqual(["404 NOT_FOUND", "404 NOT_FOUND"]);
    // A record within a record.
    const further = await carls.ok("message:send", {
      ...record(handed.conversationId, handed.seq),
      to: { userId: dora.userId },
    });
    expect(await seenBy(dora)).toEqual(["200", "200"]);
    for (const { conversationId, seq } of [first, second]) await anns.ok("message:recall", { conversationId, seq });
    expect([await seenBy(carl), await seenBy(dora)]).toEqual([
      ["200", "200"],
      ["200", "200"],
    ]);
    // The section of files lists what was sent as a file; what lies in a record is opened there.
    const { hits } = await carl.rest<{ hits: unknown[] }>("GET", "/api/v1/search/files?query=plan");
    expect(hits).toEqual([]);
    // Carl, who handed it on, has it as long as Dora does.
    await bobs.ok("message:recall", { conversationId: handed.conversationId, seq: handed.seq });
    expect([...(await seenBy(carl)), ...(await seenBy(dora))]).toEqual(["200", "200", "200", "200"]);
    await carls.ok("message:recall", { conversationId: further.conversationId, seq: further.seq });
    expect([...(await seenBy(carl)), ...(await seenBy(dora))]).toEqual(
      Array.from({ length: 4 }, () => "404 NOT_FOUND"),
    );
  });

  it("is who comes by an address of their own session, until that ends", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const anns = await at.connect(ann);
    const { fileId } = await uploadFile(ann, words("watched"), "film.txt");
    const { groupId } = await ann.createGroup("cinema", [bob]);
    await send(anns, { groupId }, { kind: "file", fileId });
    const { url } = fileLink.strict().parse(await bob.rest("GET", `/api/v1/files/${fileId}/link`));
    const get = (path: string) => fetch(at.url + path).then(outcomeOf);
    expect(await get(url)).toBe("200");
    const other = await uploadFile(ann, words("another"));
    expect(await get(url.replace(fileId, other.fileId))).toBe("401 UNAUTHENTICATED");
    expect(await get(`${url}x`)).toBe("401 UNAUTHENTICATED");
    expect(await get(`/api/v1/files/${fileId}`)).toBe("401 UNAUTHENTICATED");
    // Signed by nobody.
    const [head, payload] = (url.split("key=")[1] ?? "").split(".");
    expect(await get(`/api/v1/files/${fileId}?key=${head}.${payload}.`)).toBe("401 UNAUTHENTICATED");
    await bob.rest("DELETE", `/api/v1/groups/${groupId}/members/${bob.userId}`);
    expect(await get(url)).toBe("404 NOT_FOUND");
    const { url: own } = fileLink.parse(await ann.rest("GET", `/api/v1/files/${fileId}/link`));
    await ann.rest("POST", "/api/v1/auth/logout", {});
    expect(await get(own)).toBe("401 UNAUTHENTICATED");
  });
});

describe("an upload in one piece", () => {
  it("is refused in words when it is no form, has no file, breaks off, or is too large", async () => {
    const ann = await at.person("Ann");
    const post = (body: BodyInit, type: string) =>
      fetch(`${at.url}/api/v1/files`, { method: "POST", headers: { ...bearer(ann), "content-type": type }, body }).then(
        outcomeOf,
      );
    expect(await post("{}", "application/json")).toBe("400 BAD_REQUEST");
    expect(await post("nothing", "multipart/form-data")).toBe("400 BAD_REQUEST");
    expect(await post("--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x")).toBe(
      "400 BAD_REQUEST",
    );
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf of it';
    expect(await post(head, "multipart/form-data; boundary=x")).toBe("400 BAD_REQUEST");
    expect(await postFile(ann, words("x"), "a", "another").then(outcomeOf)).toBe("400 BAD_REQUEST");
    expect(await postFile(ann, new Uint8Array(1024 * 1024 + 1)).then(outcomeOf)).toBe("413 TOO_LARGE");
    expect(await postFile({ url: at.url, token: "none" }, words("x")).then(outcomeOf)).toBe("401 UNAUTHENTICATED");
    expect((await uploadFile(ann, new Uint8Array(0), "empty")).size).toBe(0);
    // The answer to an upload that broke off does not wait for its part to be removed.
    const folder = join(at.backing.env["DATA_DIR"] ?? "", "uploads");
    await waitFor(async () => (await readdir(folder)).length === 0, { what: "the end of the last part" });
  });

  it("is bounded for each user", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const large = new Uint8Array(1024 * 1024 - 1);
    await uploadFile(ann, large);
    await uploadFile(ann, large);
    expect(await postFile(ann, large).then(outcomeOf)).toBe("413 TOO_LARGE");
    await uploadFile(bob, large);
  });
});

describe("bytes that lie", () => {
  it.each([
    ["page.html", "<!doctype html><script>alert(1)</script>"],
    ["picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ["picture.png", "<script>alert(1)</script>"],
    ["cut.gif", "GIF89a"],
    ["script.js", "alert(document.domain)"],
  ])("are a download that cannot run: %s", async (name, text) => {
    const ann = await at.person("Ann");
    const info = await uploadFile(ann, words(text), name);
    expect(info.kind).toBe("other");
    const response = await readFile(ann, info.fileId);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(await readFile(ann, info.fileId, "?variant=preview").then(outcomeOf)).toBe("404 NOT_FOUND");
  });

  it("are no image when they would be a billion pixels", async () => {
    const ann = await at.person("Ann");
    // 3.6 billion pixels of one colour are a few kilobytes as a PNG; the header alone is believed.
    const bomb = Buffer.from(await pictureOf("#000", 10, 10));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    expect(await uploadFile(ann, new Uint8Array(bomb), "bomb.png")).toMatchObject({ kind: "other", mime: "image/png" });
  });

  it("are no image when their pictures together would be billions of pixels, and are one when they are few", async () => {
    const ann = await at.person("Ann");
    const monster = await uploadFile(ann, animationOf({ width: 5_000, height: 5_000, frames: 2_000 }), "monster.gif");
    expect(monster).toMatchObject({ kind: "other", mime: "image/gif" });
    expect(await readFile(ann, monster.fileId, "?variant=preview").then(outcomeOf)).toBe("404 NOT_FOUND");
    const animation = await uploadFile(ann, animationOf({ width: 50, height: 40, frames: 3 }), "few.gif");
    expect(animation).toMatchObject({ kind: "image", animated: true, width: 50, height: 40 });
  });

  it("are looked at without being unpacked", async () => {
    const ann = await at.person("Ann");
    // What tells a Word document from other archives; unpacked it would be 256 MB.
    const bomb = archiveWith("[Content_Types].xml", Buffer.alloc(256 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const info = await uploadFile(ann, bomb, "bomb.docx");
    expect(info).toMatchObject({ kind: "other", mime: "application/zip", size: bomb.length });
  });
});
