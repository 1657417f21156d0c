import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DiskFiles } from "./disk-files.ts";
import { describeFileStore } from "./file-store.conformance.ts";

let folder: string;
let files: DiskFiles;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "files-"));
  files = new DiskFiles(path.join(folder, "not", "there", "yet"));
});

afterEach(() => rm(folder, { recursive: true }));

describeFileStore("files in a folder", () => files);

it("takes nothing from outside of its folder", async () => {
  await expect(files.get("../secret")).rejects.toThrow("traversal");
  await expect(files.put("a/../../secret", new Uint8Array(1))).rejects.toThrow("traversal");
  await expect(files.open("../secret")).rejects.toThrow("traversal");
  await expect(files.putFile("../secret", import.meta.filename)).rejects.toThrow("traversal");
});
