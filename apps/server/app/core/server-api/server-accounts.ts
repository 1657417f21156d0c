import {
  type ServerTokensResponse,
  type ServerUsersResponse,
  serverTokensRequest,
  serverUsersRequest,
} from "@im-webapp/protocol";
import { usernameKey } from "../accounts/accounts.ts";
import type { AccountStore, PasswordHasher } from "../accounts/ports.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { UserDirectory } from "../people/user-directory.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { newId } from "../shared/ids.ts";
import { inTurns } from "../shared/in-turns.ts";
import { validate } from "../shared/validate.ts";

/** Sessions that are written at the same time; as many as the database has connections for one process. */
const SESSIONS_AT_ONCE = 8;

/** Users and their tokens, for the program that embeds this one. */
export class ServerAccounts {
  readonly #accounts: AccountStore;
  readonly #users: UserDirectory;
  readonly #sessions: Sessions;
  readonly #hasher: PasswordHasher;
  readonly #clock: Clock;

  constructor(accounts: AccountStore, users: UserDirectory, sessions: Sessions, hasher: PasswordHasher, clock: Clock) {
    this.#accounts = accounts;
    this.#users = users;
    this.#sessions = sessions;
    this.#hasher = hasher;
    this.#clock = clock;
  }

  /**
   * Makes those of the users that do not exist by their username.
   *
   * @throws {ImError} `CONFLICT` when a phone number is taken; then none is made
   */
  async createUsers(payload: unknown): Promise<ServerUsersResponse> {
    const { users } = validate(serverUsersRequest, payload);
    const keys = users.map(({ username }) => usernameKey(username));
    const existing = await this.#accounts.findByKeys(keys);
    const createdAt = this.#clock();
    const missing = new Map(
      users.map((user) => [usernameKey(user.username), user] as const).filter(([key]) => !existing.has(key)),
    );
    const accounts = await Promise.all(
      [...missing].map(async ([key, { username, displayName, phone, password }]) => ({
        userId: newId(),
        username,
        usernameKey: key,
        displayName,
        createdAt,
        ...(phone !== undefined && { phone }),
        ...(password !== undefined && { passwordHash: await this.#hasher.hash(password) }),
      })),
    );
    const found = accounts.length > 0 ? await this.#accounts.createMissing(accounts) : new Map<string, string>();
    const made = new Set(accounts.map(({ userId }) => userId));
    return {
      users: users.map(({ username }) => {
        const userId = existing.get(usernameKey(username)) ?? found.get(usernameKey(username));
        if (userId === undefined) throw new Error(`${username} was neither found nor made`);
        return { userId, username, created: made.delete(userId) };
      }),
    };
  }

  /** @throws {ImError} `NOT_FOUND` naming users that do not exist; then no token is given */
  async createTokens(payload: unknown): Promise<ServerTokensResponse> {
    const { tokens } = validate(serverTokensRequest, payload);
    const userIds = [...new Set(tokens.map(({ userId }) => userId))];
    const known = new Set(
      (await this.#users.findMany(userIds)).flatMap(({ userId, deleted }) => (deleted ? [] : [userId])),
    );
    const missing = userIds.filter((userId) => !known.has(userId));
    if (missing.length > 0) throw new ImError("NOT_FOUND", "there is no such user", { details: { userIds: missing } });
    return {
      tokens: await inTurns(tokens, SESSIONS_AT_ONCE, async ({ userId, device }) => ({
        userId,
        ...(await this.#sessions.start(userId, device)),
      })),
    };
  }
}
