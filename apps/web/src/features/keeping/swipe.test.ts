import { describe, expect, it } from "vitest";
import { movementOf, staysOpen } from "./swipe.ts";

describe("movementOf", () => {
  it("takes trembling for a tap", () => {
    expect(movementOf(6, -7)).toBe("tap");
  });

  it("takes what goes sideways for a swipe, in either direction", () => {
    expect(movementOf(-20, 8)).toBe("swipe");
    expect(movementOf(20, -8)).toBe("swipe");
  });

  it("leaves what goes down or aslant to scrolling", () => {
    expect(movementOf(2, 20)).toBe("other");
    expect(movementOf(-20, 18)).toBe("other");
  });
});

describe("staysOpen", () => {
  it("goes by how far a slow finger has come", () => {
    expect(staysOpen(-130, -0.1, 240)).toBe(true);
    expect(staysOpen(-110, -0.1, 240)).toBe(false);
  });

  it("goes by the direction of a quick one", () => {
    expect(staysOpen(-30, -0.8, 240)).toBe(true);
    expect(staysOpen(-200, 0.8, 240)).toBe(false);
  });
});
