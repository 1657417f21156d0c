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

/** What a user must show besides their password. */
export interface SecondStep {
  /** What is wrong with the code; undefined when all is well, or none is needed. A right code is used up. */
  problemWith(userId: UserId, code: string | undefined): Promise<"required" | "wrong" | undefined>;
}

/** Registering and signing in. */
export class Accounts {
  readonly #store: AccountStore;
  readonly #sessions: Sessions;
  readonly #hasher: PasswordHasher;
  readonly #clock: Clock;
  readonly #secondStep: SecondStep;
  /** Verified against when there is no such user, so that both refusals take the same time. */
  #decoyHash: Promise<string> | undefined;

  constructor(store: AccountStore, sessions: Sessions, hasher: PasswordHasher, clock: Clock, secondStep: SecondStep) {
    this.#store = store;
    this.#sessions = sessions;
    this.#hasher = hasher;
    this.#clock = clock;
    this.#secondStep = secondStep;
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

  /**
   * @throws {ImError} `UNAUTHENTICATED`, alike for a wrong name and a wrong password; after a right one with
   * `details.totp` when a second factor is needed or wrong
   */
  async login(payload: unknown): Promise<SessionResponse> {
    const { username, password, totp, device } = validate(loginRequest, payload);
    const candidates = await this.#store.findByLogin(usernameKey(username), phoneSchema.safeParse(username).data);
    const found = await this.#whoHas(password, candidates);
    if (!found) throw wrongCredentials();
    const { userId } = found.me;
    const problem = await this.#secondStep.problemWith(userId, totp);
    if (problem) throw new ImError("UNAUTHENTICATED", `the code is ${problem}`, { details: { totp: problem } });
    const session = await this.#sessions.start(userId, device);
    // A change of the password ends all sessions that it finds; this one may have begun just after that.
    if ((await this.#store.findCredentials(userId))?.passwordHash !== found.passwordHash) {
      await this.#sessions.end(await this.#sessions.authenticate(session.token));
      throw wrongCredentials();
    }
    return { user: found.me, ...session };
  }

  /** The signed-in user's own account. */
  async me(userId: UserId): Promise<Me> {
    const me = await this.#store.findMe(userId);
    if (!me) throw new ImError("UNAUTHENTICATED", "this account is gone");
    return me;
  }

  async #whoHas(password: string, candidates: readonly Credentials[]): Promise<Credentials | undefined> {
    this.#decoyHash ??= this.#hasher.hash(newId());
    const decoy = await this.#decoyHash;
    const tried = candidates.length > 0 ? candidates : [undefined];
    for (const candidate of tried) {
      const matches = await this.#hasher.verify(candidate?.passwordHash ?? decoy, password);
      if (matches && candidate?.passwordHash !== undefined) return candidate;
    }
    return undefined;
  }
}

function wrongCredentials(): ImError {
  return new ImError("UNAUTHENTICATED", "wrong name or password");
}

/** A username as it is compared. */
export function usernameKey(username: string): string {
  return username.trim().normalize("NFKC").toLowerCase();
}
