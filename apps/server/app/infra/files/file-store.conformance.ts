import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { FileStore } from "../../core/files/file-store.ts";

/** What every store of files does. */
export function describeFileStore(what: string, store: () => FileStore): void {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  const read = async (name: string, range?: { start: number; end: number }) => {
    const stream = await store().open(name, range);
    return stream && new Uint8Array(await buffer(stream));
  };

  describe(`${what}, as a store`, () => {
    it("gives back what was put, byte by byte, until it is removed", async () => {
      await store().put("portraits/a.webp", all);
      expect(new Uint8Array((await store().get("portraits/a.webp")) ?? [])).toEqual(all);
      await store().put("portraits/a.webp", all.slice(0, 3));
      expect(await store().get("portraits/a.webp")).toHaveLength(3);
      await store().remove("portraits/a.webp");
      expect(await store().get("portraits/a.webp")).toBeUndefined();
    });

    it("takes a file of this machine and leaves it there; done again, it is the same", async () => {
      const folder = await mkdtemp(path.join(tmpdir(), "source-"));
      const source = path.join(folder, "source.bin");
      await writeFile(source, all);
      await store().putFile("files/b", source);
      await store().putFile("files/b", source);
      await rm(folder, { recursive: true });
      expect(await read("files/b")).toEqual(all);
      expect(await read("files/b", { start: 10, end: 19 })).toEqual(all.slice(10, 20));
      expect(await read("files/b", { start: 255, end: 255 })).toEqual(all.slice(255));
    });

    it("takes what is not there for nothing", async () => {
      expect(await store().get("portraits/none.webp")).toBeUndefined();
      expect(await store().open("files/none")).toBeUndefined();
      await store().remove("portraits/none.webp");
    });
  });
}
