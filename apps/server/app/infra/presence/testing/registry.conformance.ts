import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OnlineRegistry } from "../../../core/presence/ports.ts";

/** What every registry guarantees, whether or not there are other nodes. */
export function registryConformance(open: () => Promise<OnlineRegistry>): void {
  describe("a registry", () => {
    let registry: OnlineRegistry;
    const find = async (...userIds: string[]) => [...(await registry.find(userIds))].toSorted();

    beforeEach(async () => {
      registry = await open();
    });
    afterEach(() => registry.close());

    it("knows who has come and who has gone", async () => {
      expect(await find("ann", "bob")).toEqual([]);
      await registry.change(["ann", "bob"], []);
      expect(await find("ann", "bob", "cid")).toEqual(["ann", "bob"]);
      await registry.change(["cid"], ["ann"]);
      expect(await find("ann", "bob", "cid")).toEqual(["bob", "cid"]);
    });

    it("takes what it knows already, or never knew", async () => {
      await registry.change(["ann"], ["nobody"]);
      await registry.change(["ann"], ["nobody"]);
      await registry.change([], []);
      expect(await find("ann", "nobody")).toEqual(["ann"]);
      await registry.change([], ["ann"]);
      expect(await find("ann")).toEqual([]);
    });

    it("knows thousands", async () => {
      const many = Array.from({ length: 3_000 }, (_, index) => `user-${index}`);
      await registry.change(many, []);
      expect(await registry.find([...many, "nobody"])).toEqual(new Set(many));
      expect(await find()).toEqual([]);
    });
  });
}
