import type {
  Group,
  GroupId,
  LoginRequest,
  Me,
  MembersResponse,
  RegisterRequest,
  SessionResponse,
  UpdateMeRequest,
  UserId,
  UsersResponse,
} from "@im-webapp/protocol";
import { ImError, notSignedIn } from "../errors.ts";
import { rest } from "./rest.ts";
import type { RestRequest } from "./rest.ts";

/** How long signing out waits for the server, in milliseconds: people who sign out offline should not have to. */
const LOGOUT_TIMEOUT_MS = 5_000;

/** The REST calls that the library makes. Every one throws an `ImError` only. */
export class Api {
  readonly #origin: string;
  #session: { readonly token: string; readonly abort: AbortController } | null = null;
  readonly #onUnauthenticated: (error: ImError) => void;

  /** `onUnauthenticated` hears that the server no longer takes the session that was set last. */
  constructor(origin: string, onUnauthenticated: (error: ImError) => void) {
    this.#origin = origin;
    this.#onUnauthenticated = onUnauthenticated;
  }

  /** The token that later calls carry; null when signed out. Calls with the one before are given up. */
  useToken(token: string | null): void {
    this.#session?.abort.abort();
    this.#session = token === null ? null : { token, abort: new AbortController() };
  }

  register(request: RegisterRequest): Promise<SessionResponse> {
    return rest(this.#origin, { method: "POST", path: "/auth/register", body: request });
  }

  login(request: LoginRequest): Promise<SessionResponse> {
    return rest(this.#origin, { method: "POST", path: "/auth/login", body: request });
  }

  /** Ends the session of `token` on the server. */
  async logout(token: string): Promise<void> {
    await rest(this.#origin, { method: "POST", path: "/auth/logout", body: {}, token, timeoutMs: LOGOUT_TIMEOUT_MS });
  }

  me(): Promise<Me> {
    return this.#send({ method: "GET", path: "/me" });
  }

  updateMe(request: UpdateMeRequest): Promise<Me> {
    return this.#send({ method: "PATCH", path: "/me", body: request });
  }

  findUsers(query: string, page?: string): Promise<UsersResponse> {
    return this.#send({ method: "GET", path: `/users?${search({ query, page })}` });
  }

  /** Users that do not exist are left out. At most `MAX_IDS_PER_CALL` ids. */
  lookupUsers(userIds: readonly UserId[]): Promise<UsersResponse> {
    return this.#send({ method: "POST", path: "/users/lookup", body: { userIds } });
  }

  createGroup(name: string, memberIds: readonly UserId[]): Promise<Group> {
    return this.#send({ method: "POST", path: "/groups", body: { name, memberIds } });
  }

  getGroup(groupId: GroupId): Promise<Group> {
    return this.#send({ method: "GET", path: `/groups/${encodeURIComponent(groupId)}` });
  }

  listMembers(groupId: GroupId, page?: string): Promise<MembersResponse> {
    return this.#send({ method: "GET", path: `${members(groupId)}?${search({ page })}` });
  }

  addMembers(groupId: GroupId, userIds: readonly UserId[]): Promise<{ group: Group }> {
    return this.#send({ method: "POST", path: members(groupId), body: { userIds } });
  }

  /** Removing oneself is leaving. */
  removeMember(groupId: GroupId, userId: UserId): Promise<{ group: Group }> {
    return this.#send({ method: "DELETE", path: `${members(groupId)}/${encodeURIComponent(userId)}` });
  }

  async #send<T>(request: RestRequest): Promise<T> {
    const session = this.#session;
    if (!session) throw notSignedIn();
    try {
      return await rest<T>(this.#origin, { ...request, token: session.token, signal: session.abort.signal });
    } catch (error) {
      if (error instanceof ImError && error.code === "UNAUTHENTICATED" && this.#session === session) {
        this.#onUnauthenticated(error);
      }
      throw error;
    }
  }
}

function members(groupId: GroupId): string {
  return `/groups/${encodeURIComponent(groupId)}/members`;
}

function search(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return query.toString();
}
