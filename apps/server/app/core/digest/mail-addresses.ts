import { randomInt } from "node:crypto";
import {
  DEFAULT_MAIL_HOURS,
  type MailLanguage,
  type MailSettings,
  type UserId,
  mailConfirmation,
  mailRequest,
} from "@im-webapp/protocol";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { type CallLimit, requireBudget } from "../shared/limit.ts";
import { validate } from "../shared/validate.ts";
import { codeHash, isGoodToken, userOfToken } from "./mail-token.ts";
import { codeMail } from "./mail-words.ts";
import type { Mail, MailStore, Mailer } from "./ports.ts";

/** How long a code is good, in milliseconds: mails may take their time. */
const CODE_MS = 30 * 60_000;

/** How often a code may be tried: a guesser gets one in 200,000. */
const MAX_TRIES = 5;

/** Codes are numbers of six digits. */
const CODES = 1_000_000;

export interface MailAddressesOptions {
  readonly store: MailStore;
  /** Undefined: this server sends no mail. */
  readonly mailer: Mailer | undefined;
  readonly key: Uint8Array;
  readonly clock: Clock;
  /** Of mails that a user has sent to addresses that are not confirmed. */
  readonly limit: CallLimit;
  readonly onFault: (error: unknown) => void;
}

/** Where users get mail when they have been away for long: each says so for themself, and shows that it is theirs. */
export class MailAddresses {
  readonly #options: MailAddressesOptions;

  constructor(options: MailAddressesOptions) {
    this.#options = options;
  }

  async get({ userId }: { userId: UserId }): Promise<MailSettings> {
    const available = this.#options.mailer !== undefined;
    const found = await this.#options.store.find(userId);
    if (!found) {
      return {
        available,
        confirmed: false,
        on: false,
        hours: DEFAULT_MAIL_HOURS,
        hideContent: false,
        language: "zh-CN",
      };
    }
    const { address, confirmed, on, hours, hideContent, language, refusals } = found;
    const settings = { available, address, confirmed, on: on && confirmed, hours, hideContent, language };
    return { ...settings, ...(refusals > 0 && { refused: true as const }) };
  }

  /**
   * @throws {ImError} `FORBIDDEN` where no mail is sent, `NOT_FOUND` for a change without an address, `RATE_LIMITED` for
   * too many codes, `UNAVAILABLE` when a code could not be sent
   */
  async change(session: { userId: UserId }, payload: unknown): Promise<MailSettings> {
    const { address, ...given } = validate(mailRequest, payload);
    const { userId } = session;
    const { store, clock, key } = this.#options;
    this.#requireMailer();
    const manner = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const found = await store.find(userId);
    if (address === undefined || (found?.confirmed === true && found.address === address)) {
      if (!found) throw new ImError("NOT_FOUND", "there is no address yet");
      await store.change(userId, manner, clock());
      return this.get(session);
    }
    await requireBudget(this.#options.limit, userId);
    const code = String(randomInt(CODES)).padStart(6, "0");
    const at = clock();
    const kept = { hash: codeHash(key, userId, address, code), expiresAt: at + CODE_MS };
    await store.put(userId, address, kept, at, manner);
    await this.#send(codeMail(address, code, given.language ?? found?.language ?? "zh-CN"));
    return this.get(session);
  }

  /** @throws {ImError} `FORBIDDEN` for a code that is wrong, too old or was tried too often */
  async confirm(session: { userId: UserId }, payload: unknown): Promise<MailSettings> {
    const { code } = validate(mailConfirmation, payload);
    const { userId } = session;
    const { store, clock, key } = this.#options;
    const found = await store.find(userId);
    const isRight =
      found && (await store.confirm(userId, codeHash(key, userId, found.address, code), MAX_TRIES, clock()));
    if (isRight !== true) throw new ImError("FORBIDDEN", "the code is wrong or too old");
    return this.get(session);
  }

  async remove({ userId }: { userId: UserId }): Promise<void> {
    await this.#options.store.remove(userId);
  }

  /** The language of whom a mail's token is. @throws {ImError} `NOT_FOUND` when it is none */
  async languageOf(token: string): Promise<MailLanguage> {
    return (await this.#ofToken(token)).language;
  }

  /** Turns the mails off. Again, it changes nothing. @throws {ImError} `NOT_FOUND` when the token is none */
  async unsubscribe(token: string): Promise<MailLanguage> {
    const { userId, address, language } = await this.#ofToken(token);
    await this.#options.store.turnOff(userId, address);
    return language;
  }

  async #ofToken(token: string) {
    const found = await this.#options.store.find(userOfToken(token));
    if (!found || !isGoodToken(this.#options.key, token, found.userId, found.address)) {
      throw new ImError("NOT_FOUND", "this link turns nothing off");
    }
    return found;
  }

  #requireMailer(): Mailer {
    const { mailer } = this.#options;
    if (!mailer) throw new ImError("FORBIDDEN", "this server sends no mail");
    return mailer;
  }

  async #send(mail: Mail): Promise<void> {
    let outcome: "sent" | "refused";
    try {
      outcome = await this.#requireMailer().send(mail);
    } catch (error) {
      this.#options.onFault(error);
      throw new ImError("UNAVAILABLE", "the mail could not be sent", { cause: error });
    }
    if (outcome === "refused") throw new ImError("BAD_REQUEST", "address: takes no mail");
  }
}
