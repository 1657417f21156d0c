import {
  type Me,
  type SessionResponse,
  type UserId,
  loginRequest,
  phone as phoneSchema,
  registerRequest,
} from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { newId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import type { AccountStore, Credentials, PasswordHasher } from "./ports.ts";
import type { Sessions } from "./sessions.ts";

/** Registering and signing in. */
export class Accounts {
  readonly #store: AccountStore;
  readonly #sessions: Sessions;
  readonly #hasher: PasswordHasher;
  readonly #clock: Clock;
  /** Verified against when there is no such user, so that both refusals take the same time. */
  #decoyHash: Promise<string> | undefined;

  constructor(store: AccountStore, sessions: Sessions, hasher: PasswordHasher, clock: Clock) {
    this.#store = store;
    this.#sessions = sessions;
    this.#hasher = hasher;
    this.#clock = clock;
  }

  /** @throws {ImError} `CONFLICT` with `details.fields` when the username or phone is taken */
  async register(payload: unknown): Promise<SessionResponse> {
    const { username, password, displayName, phone, device } = validate(registerRequest, payload);
    const userId = newId();
    const { taken } = await this.#store.create({
      userId,
      username,
      usernameKey: usernameKey(username),
      displayName,
      ...(phone !== undefined && { phone }),
      passwordHash: await this.#hasher.hash(password),
      createdAt: this.#clock(),
    });
    if (taken) {
      throw new ImError("CONFLICT", `${taken}: taken already`, {
        details: { fields: [{ path: taken, message: "taken already" }] },
      });
    }
    const user: Me = { userId, username, displayName, ...(phone !== undefined && { phone }) };
    return { user, ...(await this.#sessions.start(userId, device)) };
  }

  /** @throws {ImError} `UNAUTHENTICATED`, alike for a wrong name and a wrong password */
  async login(payload: unknown): Promise<SessionResponse> {
    const { username, password, device } = validate(loginRequest, payload);
    const candidates = await this.#store.findByLogin(usernameKey(username), phoneSchema.safeParse(username).data);
    const found = await this.#whoHas(password, candidates);
    if (!found) throw new ImError("UNAUTHENTICATED", "wrong name or password");
    return { user: found, ...(await this.#sessions.start(found.userId, device)) };
  }

  /** The signed-in user's own account. */
  async me(userId: UserId): Promise<Me> {
    const me = await this.#store.findMe(userId);
    if (!me) throw new ImError("UNAUTHENTICATED", "this account is gone");
    return me;
  }

  async #whoHas(password: string, candidates: readonly Credentials[]): Promise<Me | undefined> {
    this.#decoyHash ??= this.#hasher.hash(newId());
    const decoy = await this.#decoyHash;
    const tried = candidates.length > 0 ? candidates : [undefined];
    for (const candidate of tried) {
      const matches = await this.#hasher.verify(candidate?.passwordHash ?? decoy, password);
      if (matches && candidate?.passwordHash !== undefined) return candidate.me;
    }
    return undefined;
  }
}

/** A username as it is compared. */
export function usernameKey(username: string): string {
  return username.trim().normalize("NFKC").toLowerCase();
}
