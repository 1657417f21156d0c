import type { Confirmation } from "@im-webapp/protocol";
import type { AccountStore, PasswordHasher, Session } from "../accounts/ports.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import type { SecondFactor } from "./second-factor.ts";

/**
 * How long after signing in a user without a password may ask for what matters, in milliseconds: 15 minutes. They have
 * just proved to another program who they are.
 */
const FRESH_MS = 15 * 60 * 1000;

export interface ConfirmOptions {
  readonly accounts: AccountStore;
  readonly hasher: PasswordHasher;
  readonly secondFactor: SecondFactor;
  readonly clock: Clock;
  /** Of tries, for each user. */
  readonly limit: CallLimit;
}

/** Makes sure that it is the user themself who asks, and not somebody at their unlocked device. */
export class Confirm {
  readonly #options: ConfirmOptions;

  constructor(options: ConfirmOptions) {
    this.#options = options;
  }

  /** Whether the session began so short a while ago that it confirms by itself. */
  isFresh({ signedInAt }: Session): boolean {
    return this.#options.clock() - signedInAt < FRESH_MS;
  }

  /**
   * Not `UNAUTHENTICATED`, after which a client would give its session up.
   *
   * @throws {ImError} `FORBIDDEN`, whose `details` say what is missing or wrong: `password` or `totp` ("required",
   * "wrong"), or that the `session` is "old"; `RATE_LIMITED` for one who guesses
   */
  async require(session: Session, { password, code }: Confirmation): Promise<void> {
    const { accounts, hasher, secondFactor, limit } = this.#options;
    const { userId } = session;
    const { passwordHash } = (await accounts.findCredentials(userId)) ?? {};
    if (passwordHash === undefined) {
      if (!this.isFresh(session)) throw refusal("sign in again first", { session: "old" });
    } else {
      if (password === undefined) throw refusal("the password is needed", { password: "required" });
      await requireBudget(limit, userId);
      if (!(await hasher.verify(passwordHash, password))) throw refusal("wrong password", { password: "wrong" });
    }
    const totp = await secondFactor.problemWith(userId, code);
    if (totp !== undefined) throw refusal(`the code is ${totp}`, { totp });
  }
}

function refusal(message: string, details: Record<string, string>): ImError {
  return new ImError("FORBIDDEN", message, { details });
}
