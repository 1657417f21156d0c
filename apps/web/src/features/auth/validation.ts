import { isName } from "../../lib/names.ts";

/**
 * The server's rules for an account (packages/protocol, user.ts), said before anything is sent. The server's answer is
 * what counts; these only spare the person a round trip.
 */
export type FieldProblem =
  | "usernameRequired"
  | "usernameInvalid"
  | "nameTaken"
  | "passwordRequired"
  | "passwordTooShort"
  | "passwordTooLong"
  | "displayNameRequired"
  | "displayNameInvalid"
  | "phoneInvalid"
  | "phoneTaken";

const USERNAME = /^[\p{L}\p{M}\p{N}_.-]{2,64}$/u;
const PHONE = /^\+?[0-9]{5,15}$/;
const MIN_PASSWORD = 6;
const MAX_PASSWORD = 128;

/** Characters as the server's schemas count them: code points. */
const lengthOf = (text: string) => Array.from(text).length;

export function checkUsername(value: string): FieldProblem | undefined {
  const name = value.trim().normalize("NFKC");
  if (name === "") return "usernameRequired";
  return USERNAME.test(name) ? undefined : "usernameInvalid";
}

export function checkPassword(value: string): FieldProblem | undefined {
  if (value === "") return "passwordRequired";
  if (lengthOf(value) < MIN_PASSWORD) return "passwordTooShort";
  return lengthOf(value) > MAX_PASSWORD ? "passwordTooLong" : undefined;
}

export function checkDisplayName(value: string): FieldProblem | undefined {
  if (value.trim() === "") return "displayNameRequired";
  return isName(value) ? undefined : "displayNameInvalid";
}

/** A phone number may be left out. */
export function checkPhone(value: string): FieldProblem | undefined {
  const digits = value.replaceAll(/[\s()-]/g, "");
  return digits === "" || PHONE.test(digits) ? undefined : "phoneInvalid";
}
