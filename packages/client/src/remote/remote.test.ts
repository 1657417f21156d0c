import { expect, it, vi } from "vitest";
import { remote } from "./remote.ts";

class Calls {
  readonly #factor = 2;

  async double(number: number): Promise<number> {
    return number * this.#factor;
  }

  async refuse(): Promise<void> {
    throw new RangeError("no");
  }
}

it("loads the code with the first call, once", async () => {
  const load = vi.fn(async () => new Calls());
  const calls = remote(load);
  expect(load).not.toHaveBeenCalled();
  expect(await Promise.all([calls.double(2), calls.double(3)])).toEqual([4, 6]);
  expect(load).toHaveBeenCalledTimes(1);
});

it("passes refusals on as they are", async () => {
  await expect(remote(async () => new Calls()).refuse()).rejects.toBeInstanceOf(RangeError);
});

it("is unavailable where the code cannot be loaded, and tries again", async () => {
  const load = vi.fn(async () => new Calls()).mockRejectedValueOnce(new TypeError("no network"));
  const calls = remote(load);
  await expect(calls.double(2)).rejects.toMatchObject({ code: "UNAVAILABLE", details: { reason: "network" } });
  expect(await calls.double(2)).toBe(4);
});

it("is no promise", async () => {
  const calls = remote(async () => new Calls());
  expect(await Promise.resolve(calls)).toBe(calls);
});
