import { wireErrorOf } from "../../lib/error-text.ts";
import type { FieldProblem } from "./validation.ts";

export type FieldName = "username" | "password" | "displayName" | "phone";

/** What is wrong with each field; nothing for those that are fine. */
export type FieldProblems = Partial<Record<FieldName, FieldProblem>>;

const BY_FIELD: Record<FieldName, { invalid: FieldProblem; taken?: FieldProblem }> = {
  username: { invalid: "usernameInvalid", taken: "nameTaken" },
  password: { invalid: "passwordTooShort" },
  displayName: { invalid: "displayNameInvalid" },
  phone: { invalid: "phoneInvalid", taken: "phoneTaken" },
};

const isFieldName = (path: string): path is FieldName => Object.hasOwn(BY_FIELD, path);

/**
 * The fields that a refused registration is about, by the error's code and the fields that it names. Empty when it is
 * about none: then the error is shown as a whole.
 */
export function refusedFields(error: unknown): FieldProblems {
  const wire = wireErrorOf(error);
  if (wire?.code !== "BAD_REQUEST" && wire?.code !== "CONFLICT") return {};
  const problems: FieldProblems = {};
  for (const { path } of wire.details?.fields ?? []) {
    if (!isFieldName(path)) continue;
    const known = BY_FIELD[path];
    problems[path] = wire.code === "CONFLICT" ? (known.taken ?? known.invalid) : known.invalid;
  }
  if (wire.code === "CONFLICT" && Object.keys(problems).length === 0) problems.username = "nameTaken";
  return problems;
}
