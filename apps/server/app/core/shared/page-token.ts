import { ImError } from "./errors.ts";

/** Packs the place where a listing goes on into an opaque token. */
export function encodePage(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/**
 * Unpacks a token made by `encodePage` and checks its shape; a number in it is a sequence number.
 *
 * @throws {ImError} `BAD_REQUEST` when a caller made it up
 */
export function decodePage<const K extends readonly ("string" | "number")[]>(
  token: string,
  kinds: K,
): { -readonly [I in keyof K]: K[I] extends "string" ? string : number } {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    const isGiven =
      Array.isArray(place) && place.length === kinds.length && kinds.every((kind, i) => isPlace(place[i], kind));
    // Decoding base64url passes over what does not belong there, so the way back must give the token itself.
    if (isGiven && encodePage(place) === token) {
      return place as { -readonly [I in keyof K]: K[I] extends "string" ? string : number };
    }
  } catch {
    // fall through to the one refusal
  }
  throw new ImError("BAD_REQUEST", "page: not a page that this server gave", {
    details: { fields: [{ path: "page", message: "not a page that this server gave" }] },
  });
}

function isPlace(value: unknown, kind: "string" | "number"): value is string | number {
  return typeof value === kind && (typeof value !== "number" || (Number.isSafeInteger(value) && value >= 0));
}
