import {
  type SessionResponse,
  type SignInMethodsResponse,
  type StartOidcResponse,
  type UserId,
  displayName as displayNameSchema,
  finishOidcRequest,
  linkOidcRequest,
  startOidcRequest,
} from "@im-webapp/protocol";
import { usernameKey } from "../accounts/accounts.ts";
import type { AccountStore } from "../accounts/ports.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { newId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import type { IdentityProvider, IdentityStore, ProvenIdentity, SignInAttempt } from "./ports.ts";
import type { Tickets } from "./tickets.ts";

/** Names that are tried for a new account: the provider's own, and then with something random behind it. */
const NAMES_TRIED = 4;

/** Longest part of a username that comes from the provider, in characters: leaves room for what follows it. */
const NAME_LENGTH = 40;

export interface OidcSignInOptions {
  /** Undefined: there is no such sign-in. */
  readonly provider: IdentityProvider | undefined;
  readonly identities: IdentityStore;
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  /** Sign-ins that are under way at the provider, by their `state`. */
  readonly attempts: Tickets<SignInAttempt>;
  readonly clock: Clock;
}

/**
 * Signing in by another program (OpenID Connect, authorization code flow with PKCE).
 *
 * The page that began it keeps the `state` and comes back with the provider's code, which works once and only together
 * with the verifier that never leaves the server. So neither a token nor anything else that lasts is in an address.
 */
export class OidcSignIn {
  readonly #options: OidcSignInOptions;

  constructor(options: OidcSignInOptions) {
    this.#options = options;
  }

  /** The ways to sign in besides a password. */
  get methods(): SignInMethodsResponse {
    const { provider } = this.#options;
    return provider ? { oidc: { name: provider.name } } : {};
  }

  /** @throws {ImError} `NOT_FOUND` when there is no provider, `UNAVAILABLE` when it cannot be reached */
  async start(payload: unknown): Promise<StartOidcResponse> {
    const { redirectUri } = validate(startOidcRequest, payload);
    const { url, state, attempt } = await this.#provider.begin(redirectUri);
    await this.#options.attempts.issue(attempt, state);
    return { url, state };
  }

  /**
   * Signs in whoever the provider says has come; the first time an account is made for them.
   *
   * @throws {ImError} `FORBIDDEN` with `details.oidc`: "expired" when the attempt is unknown, old or used; "failed" when
   * the provider does not stand by its answer
   */
  async finish(payload: unknown): Promise<SessionResponse> {
    const { device, ...answer } = validate(finishOidcRequest, payload);
    const identity = await this.#prove(answer);
    const userId = (await this.#options.identities.find(identity)) ?? (await this.#register(identity));
    const me = await this.#options.accounts.findMe(userId);
    if (!me) throw new Error(`an identity is linked with ${userId}, who does not exist`);
    return { user: me, ...(await this.#options.sessions.start(userId, device)) };
  }

  /**
   * Links the signed-in user's account with whoever the provider says has come.
   *
   * @throws {ImError} as `finish`; `CONFLICT` when they have an account of their own
   */
  async link(userId: UserId, payload: unknown): Promise<void> {
    const identity = await this.#prove(validate(linkOidcRequest, payload));
    const owner =
      (await this.#options.identities.find(identity)) ??
      (await this.#options.identities.link(identity, userId, this.#options.clock()));
    if (owner !== userId) throw new ImError("CONFLICT", "this sign-in belongs to another account");
  }

  get #provider(): IdentityProvider {
    const { provider } = this.#options;
    if (!provider) throw new ImError("NOT_FOUND", "there is no such way to sign in");
    return provider;
  }

  async #prove(answer: { state: string; code: string; iss?: string | undefined }): Promise<ProvenIdentity> {
    const provider = this.#provider;
    const attempt = await this.#options.attempts.take(answer.state);
    if (!attempt) {
      throw new ImError("FORBIDDEN", "this sign-in has been used or is too old", { details: { oidc: "expired" } });
    }
    return provider.finish(attempt, answer);
  }

  async #register(identity: ProvenIdentity): Promise<UserId> {
    const { identities, clock } = this.#options;
    const base = toUsername(identity.username);
    for (let tried = 0; tried < NAMES_TRIED; tried += 1) {
      const username = tried === 0 ? base : `${base}-${newId().slice(0, 2 + tried)}`;
      const { owner } = await identities.register(identity, {
        userId: newId(),
        username,
        usernameKey: usernameKey(username),
        displayName: displayNameSchema.safeParse(identity.displayName).data ?? username,
        createdAt: clock(),
      });
      if (owner !== undefined) return owner;
    }
    throw new ImError("CONFLICT", "no free username was found");
  }
}

/** A username out of whatever the provider calls somebody. */
function toUsername(name: string | undefined): string {
  const clean = (name ?? "")
    .normalize("NFKC")
    .replace(/@.*$/u, "")
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const short = Array.from(clean).slice(0, NAME_LENGTH).join("");
  return short.length < 2 ? `user-${newId().slice(0, 6)}` : short;
}
