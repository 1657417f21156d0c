import { describe, expect, it } from "vitest";
import { ImError, toWireError, unavailable } from "./errors.ts";
import { requireBudget, unlimited } from "./limit.ts";

describe("an error on the wire", () => {
  it("carries what the caller is told, and no cause", () => {
    const error = new ImError("CONFLICT", "taken", { details: { fields: [] }, cause: new Error("SELECT secret") });
    expect(toWireError(error)).toEqual({ code: "CONFLICT", message: "taken", details: { fields: [] } });
    expect(toWireError(unavailable("away", new Error("host")))).toEqual({
      code: "UNAVAILABLE",
      message: "away",
      retryAfterMs: 1_000,
    });
  });

  it.each([[new TypeError("SELECT secret")], ["secret"], [undefined], [{ code: "NOT_FOUND", message: "secret" }]])(
    "tells nothing of a fault: %s",
    (fault) => {
      const wire = toWireError(fault);
      expect(wire.code).toBe("INTERNAL");
      expect(JSON.stringify(wire)).not.toContain("secret");
    },
  );
});

describe("a budget", () => {
  it("that is used up refuses, and says for how long", async () => {
    await expect(requireBudget({ take: () => Promise.resolve(250) }, "ann")).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: 250,
    });
    await expect(requireBudget({ take: () => Promise.resolve(0) }, "ann")).resolves.toBeUndefined();
    await expect(requireBudget(unlimited, "ann")).resolves.toBeUndefined();
  });
});
