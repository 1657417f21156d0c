import { z } from "zod";
import { device } from "./auth.ts";
import { id, printable } from "./scalars.ts";

/** `GET /api/v1/auth/methods`: the ways to sign in besides a password. */
export const signInMethodsResponse = z.object({
  /** Another program's sign-in (OpenID Connect); absent when there is none. */
  oidc: z.object({ name: z.string() }).optional(),
});
export type SignInMethodsResponse = z.infer<typeof signInMethodsResponse>;

/** `POST /api/v1/auth/oidc/start`: `redirectUri` is the page to come back to, as the provider knows it. */
export const startOidcRequest = z.object({ redirectUri: z.url({ protocol: /^https?$/ }).max(512) });
export type StartOidcRequest = z.infer<typeof startOidcRequest>;

/** Where to send the browser, and what the address must carry when it comes back. */
export const startOidcResponse = z.object({ url: z.string(), state: z.string() });
export type StartOidcResponse = z.infer<typeof startOidcResponse>;

/** `POST /api/v1/auth/oidc/finish`: what the provider's answer carried. `state` and `code` work once. */
export const finishOidcRequest = z.object({
  state: id,
  code: printable.min(1).max(4_096),
  /** The issuer that the answer names, where it does (RFC 9207). */
  iss: printable.max(512).optional(),
  device,
});
export type FinishOidcRequest = z.input<typeof finishOidcRequest>;

/** `POST /api/v1/me/oidc`: as `finishOidcRequest`, for an account that exists. */
export const linkOidcRequest = finishOidcRequest.omit({ device: true });
export type LinkOidcRequest = z.infer<typeof linkOidcRequest>;
