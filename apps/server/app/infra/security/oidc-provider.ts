import {
  type Configuration,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { IdentityProvider, ProvenIdentity } from "../../core/security/ports.ts";
import { ImError, unavailable } from "../../core/shared/errors.ts";

export interface OidcSettings {
  /** The provider's address, under which its configuration is found (OpenID Connect Discovery). */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
  readonly name: string;
}

/** What is asked to be told: who it is, and what they are called. */
const SCOPE = "openid profile email";

/** Longest wait for an answer of the provider, in seconds. */
const TIMEOUT_S = 10;

/** A provider of OpenID Connect. Its configuration is read when it is first needed, and again after a failure. */
export class OidcProvider implements IdentityProvider {
  readonly name: string;
  readonly #settings: OidcSettings;
  #configuration: Promise<Configuration> | undefined;

  constructor(settings: OidcSettings) {
    this.name = settings.name;
    this.#settings = settings;
  }

  begin: IdentityProvider["begin"] = async (redirectUri) => {
    const configuration = await this.#discover();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    return { url: url.href, state, attempt: { redirectUri, state, nonce, verifier } };
  };

  finish: IdentityProvider["finish"] = async ({ redirectUri, state, nonce, verifier }, { code, iss }) => {
    const configuration = await this.#discover();
    const answer = new URL(redirectUri);
    answer.search = new URLSearchParams({ code, state, ...(iss !== undefined && { iss }) }).toString();
    try {
      const tokens = await authorizationCodeGrant(configuration, answer, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("the provider gave no ID token");
      const named = await this.#names(configuration, tokens.access_token, claims.sub);
      return toIdentity({ ...named, ...claims });
    } catch (error) {
      if (isUnreachable(error)) throw unavailable("the sign-in provider cannot be reached", error);
      throw new ImError("FORBIDDEN", "the sign-in provider does not stand by this answer", {
        details: { oidc: "failed" },
        cause: error,
      });
    }
  };

  /** What the provider tells at its own address only; a name is welcome, but nobody is kept out for the want of it. */
  async #names(configuration: Configuration, accessToken: string, subject: string): Promise<Record<string, unknown>> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    return fetchUserInfo(configuration, accessToken, subject).catch(() => ({}));
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    this.#configuration ??= discovery(url, clientId, clientSecret, undefined, {
      timeout: TIMEOUT_S,
      // Settings allow plain HTTP on this machine only.
      execute: url.protocol === "http:" ? [allowInsecureRequests] : [],
    }).catch((error: unknown) => {
      this.#configuration = undefined;
      throw unavailable("the sign-in provider cannot be reached", error);
    });
    return this.#configuration;
  }
}

/** Whether the provider gave no answer at all. `fetch` says so with a TypeError, a timeout with its own name. */
function isUnreachable(error: unknown): boolean {
  const cause = error instanceof ClientError ? error.cause : error;
  return cause instanceof TypeError || (cause instanceof Error && cause.name === "TimeoutError");
}

function toIdentity(claims: { iss: string; sub: string; [claim: string]: unknown }): ProvenIdentity {
  const text = (...names: string[]) =>
    names.map((name) => claims[name]).find((value) => typeof value === "string" && value.trim() !== "") as
      | string
      | undefined;
  const username = text("preferred_username", "email", "nickname", "name");
  const displayName = text("name", "nickname", "preferred_username");
  return {
    issuer: claims.iss,
    subject: claims.sub,
    ...(username !== undefined && { username }),
    ...(displayName !== undefined && { displayName }),
  };
}
