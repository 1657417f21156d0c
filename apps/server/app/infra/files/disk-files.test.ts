import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DiskFiles } from "./disk-files.ts";

let folder: string;
let files: DiskFiles;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "files-"));
  files = new DiskFiles(path.join(folder, "not", "there", "yet"));
});

afterEach(() => rm(folder, { recursive: true }));

it("gives back what was put, byte by byte, until it is removed", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  await files.put("portraits/a.webp", bytes);
  expect(new Uint8Array((await files.get("portraits/a.webp")) ?? [])).toEqual(bytes);
  await files.put("portraits/a.webp", bytes.slice(0, 3));
  expect(await files.get("portraits/a.webp")).toHaveLength(3);
  await files.remove("portraits/a.webp");
  expect(await files.get("portraits/a.webp")).toBeUndefined();
});

it("takes what is not there for nothing, and nothing outside of its folder", async () => {
  expect(await files.get("portraits/none.webp")).toBeUndefined();
  await files.remove("portraits/none.webp");
  await expect(files.get("../secret")).rejects.toThrow("traversal");
  await expect(files.put("a/../../secret", new Uint8Array(1))).rejects.toThrow("traversal");
});
