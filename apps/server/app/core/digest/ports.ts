import type { EpochMs, MailLanguage, UserId } from "@im-webapp/protocol";

/** Where a user gets mail, and how. */
export interface MailAddress {
  readonly userId: UserId;
  readonly address: string;
  readonly confirmed: boolean;
  readonly on: boolean;
  readonly hours: number;
  readonly hideContent: boolean;
  readonly language: MailLanguage;
  /** Mails in a row that were refused for good. */
  readonly refusals: number;
}

/** One for which it is time to look whether there is something to send. */
export interface DueAddress extends MailAddress {
  /** Since when they are away, if they are. */
  readonly awaySince: EpochMs;
  readonly toldAt?: EpochMs;
  readonly lookAt: EpochMs;
  readonly failures: number;
}

/** What can be changed without a confirmation. */
export type MailManner = Partial<Pick<MailAddress, "on" | "hours" | "hideContent" | "language">>;

/** What came of a look: when to look again, and whether something was sent. */
export interface LookOutcome {
  readonly lookAt: EpochMs;
  readonly toldAt?: EpochMs;
  readonly failures: number;
  readonly refusals: number;
  /** Turns the mails off. */
  readonly isOver?: boolean;
}

export interface MailStore {
  find(userId: UserId): Promise<MailAddress | undefined>;
  /** Replaces the address by one that the code of this hash confirms, until it expires; nothing is on. */
  put(userId: UserId, address: string, code: MailCode, at: EpochMs, manner: MailManner): Promise<void>;
  change(userId: UserId, manner: MailManner, lookAt: EpochMs): Promise<void>;
  /** Takes the code once, of the first `maxTries`; turns the mails on. False when it is not the one. */
  confirm(userId: UserId, codeHash: string, maxTries: number, at: EpochMs): Promise<boolean>;
  /** Turns the mails to this address off; another one stays as it is. */
  turnOff(userId: UserId, address: string): Promise<void>;
  remove(userId: UserId): Promise<void>;
  /** Addresses of living accounts to look at by now, those that have waited longest first. */
  due(at: EpochMs, limit: number): Promise<DueAddress[]>;
  /** Takes an address for one look; false when another node has taken it. */
  claim(address: DueAddress, until: EpochMs): Promise<boolean>;
  /** Ends the look that was claimed until then; who has asked for another meanwhile gets it. */
  settle(userId: UserId, claimedUntil: EpochMs, outcome: LookOutcome): Promise<void>;
}

export interface MailCode {
  readonly hash: string;
  readonly expiresAt: EpochMs;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where mail programs turn the mails off by one click (RFC 8058). */
  readonly unsubscribeUrl?: string;
}

/** The mail server. */
export interface Mailer {
  /**
   * `refused`: it takes nothing for this address, now or later. Resolves within bounded time.
   *
   * @throws when it is away or overloaded: another attempt may succeed
   */
  send(mail: Mail): Promise<"sent" | "refused">;
}
