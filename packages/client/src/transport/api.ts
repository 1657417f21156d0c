import type { LoginRequest, Me, RegisterRequest, SessionResponse, UserId, UsersResponse } from "@im-webapp/protocol";
import { ImError, notSignedIn } from "../errors.ts";
import { rest, search } from "./rest.ts";
import type { RestRequest } from "./rest.ts";

/** How long signing out waits for the server, in milliseconds: people who sign out offline should not have to. */
const LOGOUT_TIMEOUT_MS = 5_000;

/** The REST calls that the library makes. Every one throws an `ImError` only. */
export class Api {
  /** Of the server. */
  readonly origin: string;
  #session: { readonly token: string; readonly abort: AbortController } | null = null;
  readonly #onUnauthenticated: (error: ImError) => void;

  /** `onUnauthenticated` hears that the server no longer takes the session that was set last. */
  constructor(origin: string, onUnauthenticated: (error: ImError) => void) {
    this.origin = origin;
    this.#onUnauthenticated = onUnauthenticated;
  }

  /** The token that later calls carry; null when signed out. Calls with the one before are given up. */
  useToken(token: string | null): void {
    this.#session?.abort.abort();
    this.#session = token === null ? null : { token, abort: new AbortController() };
  }

  /** What such calls carry; undefined when signed out. */
  get token(): string | undefined {
    return this.#session?.token;
  }

  register(request: RegisterRequest): Promise<SessionResponse> {
    return rest(this.origin, { method: "POST", path: "/auth/register", body: request });
  }

  login(request: LoginRequest): Promise<SessionResponse> {
    return rest(this.origin, { method: "POST", path: "/auth/login", body: request });
  }

  /** Ends the session of `token` on the server. */
  async logout(token: string): Promise<void> {
    await rest(this.origin, { method: "POST", path: "/auth/logout", body: {}, token, timeoutMs: LOGOUT_TIMEOUT_MS });
  }

  me(): Promise<Me> {
    return this.send({ method: "GET", path: "/me" });
  }

  findUsers(query: string, page?: string): Promise<UsersResponse> {
    return this.send({ method: "GET", path: `/users?${search({ query, page })}` });
  }

  /** Users that do not exist are left out. At most `MAX_IDS_PER_CALL` ids. */
  lookupUsers(userIds: readonly UserId[]): Promise<UsersResponse> {
    return this.send({ method: "POST", path: "/users/lookup", body: { userIds } });
  }

  /** Sends a call of the signed-in user, given up when they sign out unless it has a signal of its own. @throws {ImError} only */
  async send<T>(request: RestRequest): Promise<T> {
    const session = this.#session;
    if (!session) throw notSignedIn();
    try {
      return await rest<T>(this.origin, { signal: session.abort.signal, ...request, token: session.token });
    } catch (error) {
      if (error instanceof ImError && error.code === "UNAUTHENTICATED" && this.#session === session) {
        this.#onUnauthenticated(error);
      }
      throw error;
    }
  }
}
