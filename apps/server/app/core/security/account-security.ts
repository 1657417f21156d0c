import {
  type RecoveryCodesResponse,
  type SecurityResponse,
  type TotpResponse,
  changePasswordRequest,
  confirmTotpRequest,
  confirmation,
} from "@im-webapp/protocol";
import type { AccountStore, PasswordHasher, Session } from "../accounts/ports.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import type { Confirm } from "./confirm.ts";
import type { Devices } from "./devices.ts";
import type { SecondFactor } from "./second-factor.ts";

export interface AccountSecurityOptions {
  readonly accounts: AccountStore;
  readonly hasher: PasswordHasher;
  readonly confirm: Confirm;
  readonly devices: Devices;
  readonly secondFactor: SecondFactor;
  readonly clock: Clock;
}

/** How a user's account is protected: password and two-factor. */
export class AccountSecurity {
  readonly #options: AccountSecurityOptions;

  constructor(options: AccountSecurityOptions) {
    this.#options = options;
  }

  async get(session: Session): Promise<SecurityResponse> {
    const { accounts, secondFactor, confirm } = this.#options;
    const [credentials, totp, recoveryCodes, oidc] = await Promise.all([
      accounts.findCredentials(session.userId),
      secondFactor.isOn(session.userId),
      secondFactor.codesLeft(session.userId),
      accounts.isLinked(session.userId),
    ]);
    return {
      password: credentials?.passwordHash !== undefined,
      totp,
      recoveryCodes,
      oidc,
      fresh: confirm.isFresh(session),
    };
  }

  /**
   * Changes the password, or gives one to a user who has none; all other sessions end.
   *
   * @throws {ImError} as `Confirm.require`
   */
  async changePassword(session: Session, payload: unknown): Promise<void> {
    const { accounts, hasher, confirm, devices, clock } = this.#options;
    const { newPassword, ...proof } = validate(changePasswordRequest, payload);
    await confirm.require(session, proof);
    // Before the sessions end: whoever signs in with the old password meanwhile is among them, or sees that it changed.
    await accounts.setPassword(session.userId, await hasher.hash(newPassword), clock());
    await devices.revokeOthers(session);
  }

  /** @throws {ImError} as `Confirm.require`; `CONFLICT` when two-factor is on */
  async beginTotp(session: Session, payload: unknown): Promise<TotpResponse> {
    const { accounts, confirm, secondFactor } = this.#options;
    const proof = validate(confirmation, payload);
    if (await secondFactor.isOn(session.userId)) throw new ImError("CONFLICT", "two-factor is on already");
    await confirm.require(session, proof);
    const me = await accounts.findMe(session.userId);
    return secondFactor.begin(session.userId, me?.username ?? session.userId);
  }

  /** @throws {ImError} `FORBIDDEN` for a wrong code; `CONFLICT` when nothing waits to be confirmed */
  async confirmTotp({ userId }: Session, payload: unknown): Promise<RecoveryCodesResponse> {
    const { code } = validate(confirmTotpRequest, payload);
    return { recoveryCodes: await this.#options.secondFactor.confirm(userId, code) };
  }

  /** @throws {ImError} as `Confirm.require`; `CONFLICT` when two-factor is off */
  async replaceRecoveryCodes(session: Session, payload: unknown): Promise<RecoveryCodesResponse> {
    const { confirm, secondFactor } = this.#options;
    await confirm.require(session, validate(confirmation, payload));
    return { recoveryCodes: await secondFactor.replaceCodes(session.userId) };
  }

  /** @throws {ImError} as `Confirm.require` */
  async disableTotp(session: Session, payload: unknown): Promise<void> {
    const { confirm, secondFactor } = this.#options;
    await confirm.require(session, validate(confirmation, payload));
    await secondFactor.remove(session.userId);
  }
}
