import { randomBytes } from "node:crypto";
import { readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { UPLOADS_PATH, fileInfo } from "@im-webapp/protocol";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { wireErrorOf } from "../support/rest.ts";
import { bearer, outcomeOf, pictureOf, postFile, readFile, send, uploadFile, words } from "./file-calls.ts";
import type { Caller } from "./file-calls.ts";
import { useServer } from "./one-server.ts";

const at = useServer({ env: { FILE_MAX_MB: "2", IMAGE_MAX_MB: "1" } });

const TUS = { "tus-resumable": "1.0.0" };
const base64 = (text: string) => Buffer.from(text).toString("base64");

function tus(caller: Caller, method: string, path: string, headers: Record<string, string>, body?: BodyInit) {
  return fetch(caller.url + path, { method, headers: { ...bearer(caller), ...TUS, ...headers }, body: body ?? null });
}

const create = (caller: Caller, size: number, name = "a.txt", extra = "") =>
  tus(caller, "POST", UPLOADS_PATH, {
    "upload-length": String(size),
    "upload-metadata": `filename ${base64(name)}${extra}`,
  });

const patch = (caller: Caller, path: string, offset: number, bytes: Uint8Array<ArrayBuffer>) =>
  tus(
    caller,
    "PATCH",
    path,
    { "upload-offset": String(offset), "content-type": "application/offset+octet-stream" },
    bytes,
  );

async function begin(caller: Caller, size: number, name?: string): Promise<string> {
  const response = await create(caller, size, name);
  expect(response.status).toBe(201);
  const path = response.headers.get("location") ?? "";
  expect(path).toMatch(new RegExp(`^${UPLOADS_PATH}/[0-9a-z]{20}$`));
  return path;
}

/** A picture, square, that cannot be made small. */
async function noise(side: number): Promise<Uint8Array<ArrayBuffer>> {
  const raw = { width: side, height: side, channels: 3 } as const;
  return new Uint8Array(
    await sharp(randomBytes(side * side * 3), { raw })
      .png()
      .toBuffer(),
  );
}

const idOf = (path: string) => path.split("/").at(-1) ?? "";
const offsetOf = async (caller: Caller, path: string) => {
  const response = await tus(caller, "HEAD", path, {});
  return response.ok ? Number(response.headers.get("upload-offset")) : response.status;
};

describe("a resumable upload", () => {
  it("goes on after a break and a restart from where it was, and is a file in the end", async () => {
    const ann = await at.person("Ann");
    const path = await begin(ann, 10, "数字.txt");
    expect((await patch(ann, path, 0, words("0123"))).status).toBe(204);
    expect(await readFile(ann, `${idOf(path)}/info`).then(outcomeOf)).toBe("409 CONFLICT");
    expect(await readFile(ann, idOf(path)).then(outcomeOf)).toBe("404 NOT_FOUND");
    await at.restart();
    const again = { url: at.url, token: ann.token };
    expect(await offsetOf(again, path)).toBe(4);
    expect((await patch(again, path, 2, words("23"))).status).toBe(409);
    const last = await patch(again, path, 4, words("456789"));
    expect(last.status).toBe(200);
    const info = fileInfo.strict().parse(await last.json());
    expect(info).toEqual({ fileId: idOf(path), name: "数字.txt", size: 10, mime: "text/plain", kind: "other" });
    expect(await (await readFile(again, info.fileId)).text()).toBe("0123456789");
    // Asked for again, as one does who has not heard the end of it.
    expect(await (await readFile(again, `${info.fileId}/info`)).json()).toEqual(info);
    expect(await offsetOf(again, path)).toBe(404);
  });

  it("goes on after its connection was cut in the middle of a part", async () => {
    const ann = await at.person("Ann");
    const bytes = await pictureOf("#384", 500, 500);
    const path = await begin(ann, bytes.length, "cut.png");
    const half = Math.floor(bytes.length / 2);
    const cut = new AbortController();
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, half));
      },
    });
    const sending = fetch(at.url + path, {
      method: "PATCH",
      headers: { ...bearer(ann), ...TUS, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
      body: stream,
      duplex: "half",
      signal: cut.signal,
    } as RequestInit).catch(() => undefined);
    // What has come is kept as it comes; a question takes the upload over from whoever holds it.
    await expect.poll(() => offsetOf(ann, path), { timeout: 20_000 }).toBe(half);
    cut.abort();
    await sending;
    expect(await offsetOf(ann, path)).toBe(half);
    const last = await patch(ann, path, half, bytes.slice(half));
    expect(fileInfo.parse(await last.json())).toMatchObject({ kind: "image", width: 500, size: bytes.length });
  });

  it("is refused in the end, and removed, when it is too large for its kind", async () => {
    const ann = await at.person("Ann");
    const bytes = await noise(700);
    expect(bytes.length).toBeGreaterThan(1024 * 1024);
    const path = await begin(ann, bytes.length, "noise.png");
    const last = await patch(ann, path, 0, bytes);
    expect(last.status).toBe(413);
    expect(wireErrorOf(await last.json())).toMatchObject({
      code: "TOO_LARGE",
      details: { reason: "kind", kind: "image" },
    });
    expect(await offsetOf(ann, path)).toBe(404);
    expect(await postFile(ann, bytes, "noise.png").then(outcomeOf)).toBe("413 TOO_LARGE");
    expect(await uploadFile(ann, new Uint8Array(bytes.length), "zeros.bin")).toMatchObject({ kind: "other" });
  });

  it("is one's own: nobody else can ask after it, write to it, or end it", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const path = await begin(ann, 4);
    expect(await offsetOf(bob, path)).toBe(404);
    expect(await patch(bob, path, 0, words("evil")).then(outcomeOf)).toBe("404 NOT_FOUND");
    expect(await tus(bob, "DELETE", path, {}).then(outcomeOf)).toBe("404 NOT_FOUND");
    expect(await readFile(bob, `${idOf(path)}/info`).then(outcomeOf)).toBe("404 NOT_FOUND");
    expect((await tus({ url: at.url, token: "none" }, "HEAD", path, {})).status).toBe(401);
    // Said in the metadata, it counts for nothing.
    const forged = await create(ann, 4, "a.txt", `,owner ${base64(bob.userId)}`);
    expect(await offsetOf(bob, forged.headers.get("location") ?? "")).toBe(404);
    expect(await offsetOf(ann, path)).toBe(0);
    expect((await tus(ann, "DELETE", path, {})).status).toBe(204);
    expect(await offsetOf(ann, path)).toBe(404);
  });

  it("is refused in words when it is too large, says no length, or names another's path", async () => {
    const ann = await at.person("Ann");
    expect(await create(ann, 2 * 1024 * 1024 + 1).then(outcomeOf)).toBe("413 TOO_LARGE");
    const endless = await tus(ann, "POST", UPLOADS_PATH, { "upload-defer-length": "1" });
    expect(await outcomeOf(endless)).toBe("400 BAD_REQUEST");
    for (const path of [`${UPLOADS_PATH}/..%2f..%2fim.sqlite`, `${UPLOADS_PATH}/nothing`]) {
      expect([404, 400]).toContain((await tus(ann, "HEAD", path, {})).status);
    }
    // More than was announced is not taken.
    const path = await begin(ann, 4);
    const more = await patch(ann, path, 0, words("12345"));
    expect(more.ok).toBe(false);
    expect((await uploadFile(ann, words("still well"))).size).toBe(10);
  });

  it("may be made by pages of other origins", async () => {
    const response = await fetch(at.url + UPLOADS_PATH, {
      method: "OPTIONS",
      headers: { origin: "https://elsewhere.example", "access-control-request-method": "PATCH" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-headers")).toContain("upload-offset");
    expect(response.headers.get("access-control-expose-headers")).toContain("upload-offset");
  });
});

describe("an upload whose user may go on no longer", () => {
  /** The names of what is left of it on the disk. */
  const left = async (path: string) => {
    const folders = ["uploads", "files/files"].map((name) => join(at.backing.env["DATA_DIR"] ?? "", name));
    const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
    return names.flat().filter((name) => name.startsWith(idOf(path)));
  };

  it("ends with its session, in the middle of a part or after it; other sessions of the user go on", async () => {
    const ann = await at.person("Ann");
    const [phone, tablet] = await Promise.all([ann.login(), ann.login()]);
    const [path, other] = await Promise.all([begin(phone, 8), begin(tablet, 4)]);
    // Four bytes have come, and the rest of this part has not.
    let rest: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        rest = controller;
        controller.enqueue(words("0123"));
      },
    });
    const underWay = fetch(at.url + path, {
      method: "PATCH",
      headers: { ...bearer(phone), ...TUS, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
      body,
      duplex: "half",
    } as RequestInit).then(
      ({ status }) => status,
      () => "cut",
    );
    const onDisk = () => stat(join(at.backing.env["DATA_DIR"] ?? "", "uploads", idOf(path))).then(({ size }) => size);
    await expect.poll(onDisk, { timeout: 20_000 }).toBe(4);
    await ann.rest("DELETE", `/api/v1/me/devices/${phone.deviceId}`);
    expect(await offsetOf(phone, path)).toBe(401);
    expect(await patch(phone, path, 4, words("4567")).then(outcomeOf)).toBe("401 UNAUTHENTICATED");
    expect(await tus(phone, "DELETE", path, {}).then(outcomeOf)).toBe("401 UNAUTHENTICATED");
    expect(await create(phone, 4).then(outcomeOf)).toBe("401 UNAUTHENTICATED");
    // The part that was on its way may end; what is whole with it is its user's.
    rest?.enqueue(words("45"));
    rest?.close();
    expect([204, "cut"]).toContain(await underWay);

    expect((await patch(tablet, other, 0, words("good"))).status).toBe(200);
    expect(await (await readFile(tablet, idOf(other))).text()).toBe("good");
    // Left alone for long, it goes: the task looks at the start and once a minute.
    expect(await left(path)).not.toEqual([]);
    const longAgo = new Date("2020-01-01");
    for (const name of await left(path)) {
      await utimes(join(at.backing.env["DATA_DIR"] ?? "", "uploads", name), longAgo, longAgo);
    }
    await at.restart();
    await expect.poll(() => left(path), { timeout: 20_000 }).toEqual([]);
  });

  it("of somebody who is put out of the group meanwhile is not sent there, and goes when nobody uses it", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const { groupId } = await ann.createGroup("Team", [bob]);
    const socket = await at.connect(bob);
    const path = await begin(bob, 8);
    await patch(bob, path, 0, words("0123"));
    await ann.rest("DELETE", `/api/v1/groups/${groupId}/members/${bob.userId}`);
    expect((await patch(bob, path, 4, words("4567"))).status).toBe(200);
    const fileId = idOf(path);
    await expect(send(socket, { groupId }, { kind: "file", fileId })).rejects.toThrow("NOT_MEMBER");
    expect(await readFile(ann, fileId).then(outcomeOf)).toBe("404 NOT_FOUND");
    await at.restart((database) =>
      database.run(`UPDATE file SET removable_at = '2020-01-01 00:00:00.000' WHERE file_id = '${fileId}'`),
    );
    await expect.poll(() => left(path), { timeout: 20_000 }).toEqual([]);
    expect(await readFile({ url: at.url, token: bob.token }, fileId).then(outcomeOf)).toBe("404 NOT_FOUND");
  });
});
