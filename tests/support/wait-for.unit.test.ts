import { describe, expect, it } from "vitest";
import { waitFor, within } from "./wait-for.ts";

describe("waitFor", () => {
  it("gives the first truthy value", async () => {
    let looks = 0;
    await expect(
      waitFor(() => {
        looks += 1;
        return looks > 2 && looks;
      }),
    ).resolves.toBe(3);
  });

  it("counts an error as not yet, and says at the end what was seen", async () => {
    const failing = waitFor(
      () => {
        throw new Error("refused");
      },
      { timeoutMs: 50, what: "an answer" },
    );
    await expect(failing).rejects.toThrow(/an answer did not come about within 50 ms; last seen: Error: refused/);
  });
});

describe("within", () => {
  it("passes on what comes in time", async () => {
    await expect(within(Promise.resolve(1), 1_000, "late")).resolves.toBe(1);
    await expect(within(Promise.reject(new Error("no")), 1_000, "late")).rejects.toThrow("no");
  });

  it("rejects when nothing comes", async () => {
    await expect(within(new Promise(() => undefined), 20, "nothing came")).rejects.toThrow("nothing came (20 ms)");
  });
});
