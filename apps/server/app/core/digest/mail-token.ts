import { createHmac, timingSafeEqual } from "node:crypto";
import type { UserId } from "@im-webapp/protocol";

const macOf = (key: Uint8Array, purpose: string, ...parts: readonly string[]) =>
  createHmac("sha256", key).update([purpose, ...parts].join("\0"));

/** What is kept of a code that confirms an address: of no use to who reads the database. Hex. */
export function codeHash(key: Uint8Array, userId: UserId, address: string, code: string): string {
  return macOf(key, "confirm", userId, address, code).digest("hex");
}

/** What a mail carries for turning the mails to its address off, without a session. Good for as long as they go there. */
export function unsubscribeToken(key: Uint8Array, userId: UserId, address: string): string {
  return `${Buffer.from(userId).toString("base64url")}.${macOf(key, "unsubscribe", userId, address).digest("base64url")}`;
}

/** Whose token it says that it is; `isGoodToken` tells whether it is. */
export function userOfToken(token: string): UserId {
  return Buffer.from(token.split(".")[0] ?? "", "base64url").toString();
}

export function isGoodToken(key: Uint8Array, token: string, userId: UserId, address: string): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(unsubscribeToken(key, userId, address))];
  return given.length === right.length && timingSafeEqual(given, right);
}
