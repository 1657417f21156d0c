import { wireErrorOf } from "../../lib/error-text.ts";

/** Why the server does not take it for proved who asks; null when it was refused for another reason. */
export type ProofProblem = "passwordRequired" | "passwordWrong" | "codeRequired" | "codeWrong" | "sessionOld";

/** Reads the refusal of a call that needs a proof. */
export function proofProblem(error: unknown): ProofProblem | null {
  const { details } = wireErrorOf(error) ?? {};
  if (details?.["password"] === "required") return "passwordRequired";
  if (details?.["password"] === "wrong") return "passwordWrong";
  if (details?.["totp"] === "required") return "codeRequired";
  if (details?.["totp"] === "wrong") return "codeWrong";
  return details?.["session"] === "old" ? "sessionOld" : null;
}
