import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { MAX_PORTRAIT_BYTES, type Me, me as meSchema } from "@im-webapp/protocol";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Person } from "../support/people.ts";
import { sendText } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";
import { useServer } from "./one-server.ts";

const at = useServer();

const picture = (colour: string, width = 400, height = 300) =>
  sharp({ create: { width, height, channels: 3, background: colour } });

async function put(person: Person, image: BodyInit, type = "image/png"): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${at.url}/api/v1/me/avatar`, {
    method: "PUT",
    headers: { authorization: `Bearer ${person.token}`, "content-type": type },
    body: image,
  });
  return { status: response.status, body: JSON.parse(await response.text()) as unknown };
}

/** Sets a portrait that should be taken, and gives its address. */
async function portraitOf(person: Person, image: Uint8Array<ArrayBuffer>): Promise<string> {
  const { status, body } = await put(person, image);
  expect(status).toBe(200);
  const { avatar } = meSchema.strict().parse(body);
  if (avatar === undefined) throw new Error("no avatar");
  return avatar;
}

const refusalOf = async (person: Person, image: BodyInit, type?: string) => {
  const { status, body } = await put(person, image, type);
  return `${status} ${wireErrorOf(body)?.code}`;
};

const png = async (colour: string) => new Uint8Array(await picture(colour).png().toBuffer());

describe("a portrait", () => {
  it("is served to anybody, for ever, as a small picture that cannot run", async () => {
    const ann = await at.person("Ann");
    const address = await portraitOf(ann, await png("#0a0"));
    const response = await fetch(at.url + address);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
    });
    const made = await sharp(await response.arrayBuffer()).metadata();
    expect(made).toMatchObject({ format: "webp", width: 256, height: 256 });
    expect(made.exif).toBeUndefined();
  });

  it("is seen by others at once, and its successor takes its place everywhere", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    await sendText(anns, { userId: bob.userId }, "hi");
    await bobs.pushedText("hi");
    const first = await portraitOf(ann, await png("#00f"));
    expect(await bobs.pushedEntry((entry) => entry.type === "user")).toMatchObject({ user: { avatar: first } });
    const second = await portraitOf(ann, await png("#f00"));
    expect(second).not.toBe(first);
    expect(await bob.rest("GET", `/api/v1/users/${ann.userId}`)).toMatchObject({ avatar: second });
    expect((await fetch(at.url + first)).status).toBe(404);
    expect((await fetch(at.url + second)).status).toBe(200);

    expect(await ann.rest<Me>("DELETE", "/api/v1/me/avatar")).not.toHaveProperty("avatar");
    expect(await ann.rest<Me>("DELETE", "/api/v1/me/avatar")).not.toHaveProperty("avatar");
    expect((await fetch(at.url + second)).status).toBe(404);
    const left = await readdir(join(at.backing.env["DATA_DIR"] ?? "", "files", "portraits"));
    expect(left.filter((name) => second.includes(name.replace(".webp", "")))).toEqual([]);
    await bobs.pushedEntry((entry) => entry.type === "user" && entry.user.avatar === undefined);
  });

  it("survives a restart of the server", async () => {
    const ann = await at.person("Ann");
    const address = await portraitOf(ann, await png("#abc"));
    await at.restart();
    expect((await fetch(at.url + address)).status).toBe(200);
    const { body } = await rest(at.url, "GET", "/api/v1/me", { token: ann.token });
    expect(body).toMatchObject({ avatar: address });
  });

  it("is made of no other than an image of the known kinds, whatever it is said to be", async () => {
    const ann = await at.person("Ann");
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';
    const half = (await png("#0a0")).slice(0, 60);
    for (const body of [
      "",
      "no image",
      svg,
      `<?xml version="1.0"?>${svg}`,
      "<html><script>alert(1)</script></html>",
      half,
    ]) {
      for (const type of ["image/png", "image/svg+xml", "application/octet-stream"]) {
        expect(await refusalOf(ann, body, type), `${String(body).slice(0, 20)} as ${type}`).toBe("400 BAD_REQUEST");
      }
    }
    expect(await refusalOf(ann, JSON.stringify({ image: "x" }), "application/json")).toBe("400 BAD_REQUEST");
    expect(await refusalOf(ann, new Uint8Array(await picture("#111").tiff().toBuffer()))).toBe("400 BAD_REQUEST");
    expect(await ann.rest("GET", "/api/v1/me")).not.toHaveProperty("avatar");
    expect(await fetch(`${at.url}/api/v1/me/avatar`, { method: "PUT", body: half }).then(({ status }) => status)).toBe(
      401,
    );
  });

  it("is not made of what is too large, in bytes or pixels", async () => {
    const ann = await at.person("Ann");
    expect(await refusalOf(ann, new Uint8Array(MAX_PORTRAIT_BYTES + 1))).toBe("413 TOO_LARGE");
    // Without a length that says so beforehand.
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let sent = 0; sent <= MAX_PORTRAIT_BYTES; sent += 1024 * 1024)
          controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const response = await fetch(`${at.url}/api/v1/me/avatar`, {
      method: "PUT",
      headers: { authorization: `Bearer ${ann.token}` },
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    const bomb = new Uint8Array(await picture("#fff", 8_000, 8_000).png().toBuffer());
    expect(bomb.length).toBeLessThan(MAX_PORTRAIT_BYTES);
    expect(await refusalOf(ann, bomb)).toBe("413 TOO_LARGE");
    // And the server goes on.
    await portraitOf(ann, await png("#0a0"));
  });

  it("of an animation stands still", async () => {
    const ann = await at.person("Ann");
    const frames = Buffer.concat(
      await Promise.all(["#f00", "#00f"].map((colour) => picture(colour, 20, 20).ensureAlpha().raw().toBuffer())),
    );
    const gif = await sharp(frames, { raw: { width: 20, height: 40, channels: 4, pageHeight: 20 } })
      .gif({ delay: [50, 50] })
      .toBuffer();
    const address = await portraitOf(ann, new Uint8Array(gif));
    const made = await sharp(await (await fetch(at.url + address)).arrayBuffer()).metadata();
    expect(made.pages ?? 1).toBe(1);
  });

  it("has no address but its own", async () => {
    for (const id of ["..%2f..%2fim.sqlite", "%2e%2e", "a".repeat(20), "A".repeat(20), "..", "%00", "a.webp"]) {
      const { status } = await fetch(`${at.url}/api/v1/portraits/${id}`);
      expect(status, id).toBe(404);
    }
  });
});
