import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeFileStore } from "./file-store.conformance.ts";
import { S3Files } from "./s3-files.ts";

let folder: string;
let server: S3rver;
let port: number;

const settings = (bucket: string, to = port) => ({
  bucket,
  endpoint: `http://127.0.0.1:${to}`,
  region: "us-east-1",
  accessKeyId: "S3RVER",
  secretAccessKey: "S3RVER",
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "s3-"));
  server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: "im", configs: [] }],
  });
  ({ port } = await server.run());
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describeFileStore("files in a bucket", () => new S3Files(settings("im")));

it("says that it cannot be reached when the storage is away, has no such bucket, or refuses", async () => {
  const away = expect.objectContaining({ code: "UNAVAILABLE" }) as Error;
  await expect(new S3Files(settings("another")).put("a", new Uint8Array(1))).rejects.toThrow(away);
  await expect(new S3Files({ ...settings("im"), accessKeyId: "wrong" }).put("a", new Uint8Array(1))).rejects.toThrow(
    away,
  );
  // A port that nothing listens on.
  await expect(new S3Files(settings("im", 1)).get("a")).rejects.toThrow(away);
});
