import { TOO_LARGE_ISSUE } from "@im-webapp/protocol";
import type { z } from "zod";
import { ImError } from "./errors.ts";

type Issue = z.core.$ZodIssue;

/**
 * Passes a payload through its schema.
 *
 * @throws {ImError} `BAD_REQUEST` with every field that is wrong in `details.fields`, or `TOO_LARGE` when all that is
 * wrong is the size of a text
 */
export function validate<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const parsed = safeParse(schema, payload);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues;
  const fields = issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const code = issues.every(isTooLarge) ? "TOO_LARGE" : "BAD_REQUEST";
  throw new ImError(code, fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; "), {
    details: { fields },
  });
}

function safeParse<S extends z.ZodType>(schema: S, payload: unknown) {
  try {
    return schema.safeParse(payload);
  } catch (error) {
    // A schema that walks a payload nested without end runs out of stack.
    throw new ImError("BAD_REQUEST", "the payload cannot be read", { cause: error });
  }
}

function isTooLarge(issue: Issue): boolean {
  if (issue.code === "invalid_union")
    return issue.errors.some((branch) => branch.length > 0 && branch.every(isTooLarge));
  return issue.code === "custom" && issue.params?.["code"] === TOO_LARGE_ISSUE.code;
}
