import { beforeEach, expect, it } from "vitest";
import type { FileStore } from "../files/file-store.ts";
import { ImError, unavailable } from "../shared/errors.ts";
import { Portraits } from "./portraits.ts";

class MemoryFiles implements Pick<FileStore, "put" | "get" | "remove"> {
  readonly held = new Map<string, Uint8Array>();

  put(name: string, bytes: Uint8Array): Promise<void> {
    this.held.set(name, bytes);
    return Promise.resolve();
  }

  get(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.held.get(name));
  }

  remove(name: string): Promise<void> {
    this.held.delete(name);
    return Promise.resolve();
  }
}

const image = Uint8Array.of(1, 2, 3);
let files: MemoryFiles;
let portraits: Portraits;
let shown: string | undefined;

/** Shows the portrait at `address` from now on. */
const show = (address: string): Promise<string | undefined> => {
  const earlier = shown;
  shown = address;
  return Promise.resolve(earlier);
};
const idOf = (address: string | undefined) => address?.split("/").at(-1) ?? "";

beforeEach(() => {
  files = new MemoryFiles();
  shown = undefined;
  portraits = new Portraits(files, { make: (bytes) => Promise.resolve(bytes.toReversed()) }, (error) => {
    throw error;
  });
});

it("serves what was made of the image, at another address each time, and removes the earlier one", async () => {
  await portraits.replace(image, show);
  const first = shown;
  expect(first).toMatch(/^\/api\/v1\/portraits\/[0-9a-z]{20}$/);
  expect(await portraits.read(idOf(first))).toEqual(Uint8Array.of(3, 2, 1));
  await portraits.replace(image, show);
  expect(shown).not.toBe(first);
  await expect(portraits.read(idOf(first))).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(files.held.size).toBe(1);
});

it("keeps no file of a portrait that was refused, but one that may be shown", async () => {
  const refused = (refusal: ImError) => portraits.replace(image, () => Promise.reject(refusal));
  await expect(refused(new ImError("FORBIDDEN", "no"))).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(files.held.size).toBe(0);
  await expect(refused(unavailable("away"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(files.held.size).toBe(1);
});

it("reads and removes nothing by a name that is no id of its own", async () => {
  files.held.set("portraits/../secret.webp", image);
  await expect(portraits.read("../secret")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await portraits.remove("/api/v1/portraits/../secret");
  await portraits.remove("https://elsewhere.example/a.png");
  expect(files.held.size).toBe(1);
});
