import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { Person } from "../support/people.ts";
import type { Server } from "../support/server.ts";
import { outcomeOf, pictureOf, readFile, uploadFile, words } from "./file-calls.ts";

let folder: string;
let storage: S3rver;
let backing: Backing;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "s3-"));
  storage = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: "im", configs: [] }],
  });
  const { port } = await storage.run();
  backing = await openBacking();
  server = await backing.start({
    env: {
      S3_BUCKET: "im",
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    },
  });
});

afterAll(async () => {
  await server.stop();
  await backing.release();
  await rm(folder, { recursive: true });
});

it("keeps files in a bucket, and answers that it is unavailable while the storage is away", async () => {
  const ann = await Person.register(server.url, "Ann");
  const { fileId } = await uploadFile(ann, words("0123456789"), "a.txt");
  const picture = await uploadFile(ann, await pictureOf(), "a.png");
  expect(await (await readFile(ann, fileId)).text()).toBe("0123456789");
  expect(await (await readFile(ann, fileId, "", { range: "bytes=3-5" })).text()).toBe("345");
  expect((await readFile(ann, picture.fileId, "?variant=thumbnail")).headers.get("content-type")).toBe("image/webp");
  const kept = (await readdir(folder, { recursive: true })).join("\n");
  for (const id of [fileId, picture.fileId]) expect(kept).toContain(id);
  expect(await readdir(join(backing.env["DATA_DIR"] ?? "")).then((names) => names.includes("files"))).toBe(false);
  await storage.close();
  expect(await readFile(ann, fileId).then(outcomeOf)).toBe("503 UNAVAILABLE");
});
