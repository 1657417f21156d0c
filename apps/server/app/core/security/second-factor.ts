import { createHash } from "node:crypto";
import type { UserId } from "@im-webapp/protocol";
import { customAlphabet } from "nanoid";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import type { OneTimePasswords, SecretBox, TotpStore } from "./ports.ts";

/** Recovery codes of a user. */
const RECOVERY_CODES = 10;

/** Letters and digits that nobody mistakes for each other, when they are read from paper. */
const RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** Length of a recovery code, without dashes: 79 random bits, so that its bare hash cannot be searched. */
const RECOVERY_LENGTH = 16;

const newRecoveryCode = customAlphabet(RECOVERY_ALPHABET, RECOVERY_LENGTH);

const TOTP_CODE = /^\d{6}$/;

export interface SecondFactorOptions {
  readonly store: TotpStore;
  readonly passwords: OneTimePasswords;
  readonly box: SecretBox;
  readonly clock: Clock;
  /** Of tries, for each user. */
  readonly limit: CallLimit;
}

/** What a user must show besides a password, once they have turned it on. */
export class SecondFactor {
  readonly #options: SecondFactorOptions;

  constructor(options: SecondFactorOptions) {
    this.#options = options;
  }

  async isOn(userId: UserId): Promise<boolean> {
    return (await this.#options.store.find(userId))?.confirmed === true;
  }

  /** How many recovery codes are left. */
  codesLeft(userId: UserId): Promise<number> {
    return this.#options.store.countCodes(userId);
  }

  /**
   * Uses a code up, of an app or a recovery code.
   *
   * @returns undefined when all is well or the factor is off; else what is wrong
   * @throws {ImError} `RATE_LIMITED` for one who guesses
   */
  async problemWith(userId: UserId, code: string | undefined): Promise<"required" | "wrong" | undefined> {
    const { store, limit, box, passwords, clock } = this.#options;
    const factor = await store.find(userId);
    if (!factor?.confirmed) return undefined;
    if (code === undefined) return "required";
    await requireBudget(limit, userId);
    const plain = bare(code);
    if (!TOTP_CODE.test(plain)) return (await store.spendCode(userId, hashCode(userId, plain))) ? undefined : "wrong";
    const step = passwords.stepOf(box.open(factor.secret, userId), plain, clock());
    return step !== undefined && (await store.spendStep(userId, step)) ? undefined : "wrong";
  }

  /** Makes a secret that protects nothing until `confirm`. @throws {ImError} `CONFLICT` when the factor is on */
  async begin(userId: UserId, account: string): Promise<{ secret: string; uri: string }> {
    const { store, box, passwords, clock } = this.#options;
    const secret = passwords.newSecret();
    const isKept = await store.begin(userId, box.seal(secret, userId), clock());
    if (!isKept) throw new ImError("CONFLICT", "two-factor is on already");
    return { secret, uri: passwords.uri(secret, account) };
  }

  /**
   * Turns the factor on with a first code of the secret.
   *
   * @returns the recovery codes
   * @throws {ImError} `CONFLICT` when it is on already, or nothing was begun; `FORBIDDEN` for a wrong code
   */
  async confirm(userId: UserId, code: string): Promise<string[]> {
    const { store, box, passwords, clock, limit } = this.#options;
    await requireBudget(limit, userId);
    const factor = await store.find(userId);
    if (!factor || factor.confirmed) throw new ImError("CONFLICT", "begin anew: nothing waits to be confirmed");
    const step = passwords.stepOf(box.open(factor.secret, userId), bare(code), clock());
    if (step === undefined) throw new ImError("FORBIDDEN", "wrong code", { details: { totp: "wrong" } });
    const codes = newCodes();
    const isDone = await store.confirm(userId, step, hashAll(userId, codes), clock());
    if (!isDone) throw new ImError("CONFLICT", "two-factor is on already");
    return codes.map(written);
  }

  /** New recovery codes in place of all earlier ones. @throws {ImError} `CONFLICT` when the factor is off */
  async replaceCodes(userId: UserId): Promise<string[]> {
    if (!(await this.isOn(userId))) throw new ImError("CONFLICT", "two-factor is off");
    const codes = newCodes();
    await this.#options.store.replaceCodes(userId, hashAll(userId, codes), this.#options.clock());
    return codes.map(written);
  }

  /** Turns the factor off. */
  remove(userId: UserId): Promise<void> {
    return this.#options.store.remove(userId);
  }
}

/** A code as it is compared, however it was typed. */
function bare(code: string): string {
  return code.replace(/[\s-]/g, "").toLowerCase();
}

/** A recovery code as people read it: four groups of four. */
function written(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

function newCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode());
}

function hashAll(userId: UserId, codes: readonly string[]): string[] {
  return codes.map((code) => hashCode(userId, code));
}

function hashCode(userId: UserId, code: string): string {
  return createHash("sha256").update(`${userId}\n${code}`).digest("hex");
}
