import { describe, expect, it } from "vitest";
import { proofProblem } from "./proof-problem.ts";

const refused = (details?: object) => ({ code: "FORBIDDEN", message: "no", ...(details && { details }) });

describe("why a proof is not taken", () => {
  it.each([
    [{ password: "required" }, "passwordRequired"],
    [{ password: "wrong" }, "passwordWrong"],
    [{ totp: "required" }, "codeRequired"],
    [{ totp: "wrong" }, "codeWrong"],
    [{ session: "old" }, "sessionOld"],
  ])("is read from %o", (details, problem) => {
    expect(proofProblem(refused(details))).toBe(problem);
  });

  it("is nothing for what is refused otherwise", () => {
    for (const other of [refused(), refused({ password: true }), { code: "UNAVAILABLE" }, new Error("no"), null]) {
      expect(proofProblem(other)).toBeNull();
    }
  });
});
