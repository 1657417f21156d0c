import type { DeviceId, EpochMs, SignedInDevice, UpdateDeviceRequest, UserId } from "@im-webapp/protocol";
import type { NewAccount, Session } from "../accounts/ports.ts";

/** The devices on which users are signed in. A device without a living session is not among them. */
export interface DeviceStore {
  /** Those of the user, the last seen first. */
  list(userId: UserId, at: EpochMs): Promise<Omit<SignedInDevice, "current">[]>;
  find(userId: UserId, deviceId: DeviceId, at: EpochMs): Promise<Omit<SignedInDevice, "current"> | undefined>;
  /** Whether this is the device's session, and has not ended. */
  hasSession(session: Pick<Session, "userId" | "deviceId" | "sessionId">, at: EpochMs): Promise<boolean>;
  update(userId: UserId, deviceId: DeviceId, change: UpdateDeviceRequest, at: EpochMs): Promise<void>;
  /** Ends the sessions of those of the devices that have one, and says which they were. */
  end(userId: UserId, deviceIds: readonly DeviceId[], at: EpochMs): Promise<void>;
}

/** A second factor as it is kept. */
export interface StoredTotp {
  readonly secret: string;
  /** Whether a first code has proved that the app has the secret. */
  readonly confirmed: boolean;
}

/** Second factors. Each method is one atomic step, so that two calls at once cannot both use what works once. */
export interface TotpStore {
  find(userId: UserId): Promise<StoredTotp | undefined>;
  /** Keeps a secret that is not confirmed, in place of an earlier such one; false when a confirmed one is there. */
  begin(userId: UserId, secret: string, at: EpochMs): Promise<boolean>;
  /** Confirms the secret with the step of its first code; false when that was done already. */
  confirm(userId: UserId, step: number, codeHashes: readonly string[], at: EpochMs): Promise<boolean>;
  /** Uses a step up; false when it, or a later one, has been used. */
  spendStep(userId: UserId, step: number): Promise<boolean>;
  /** Removes the factor and its recovery codes. */
  remove(userId: UserId): Promise<void>;
  replaceCodes(userId: UserId, codeHashes: readonly string[], at: EpochMs): Promise<void>;
  /** Uses a recovery code up; false when there is no such code. */
  spendCode(userId: UserId, codeHash: string): Promise<boolean>;
  countCodes(userId: UserId): Promise<number>;
}

/** Time-based one-time passwords (RFC 6238): six digits, steps of 30 s. */
export interface OneTimePasswords {
  /** A new secret, in base32. */
  newSecret(): string;
  /** The `otpauth://` address from which apps take a secret over. */
  uri(secret: string, account: string): string;
  /** The step that a code belongs to, the present one or a neighbour of it; undefined when it is of none of these. */
  stepOf(secret: string, code: string, at: EpochMs): number | undefined;
}

/** Keeps secrets that must be readable again from those who read the database alone. */
export interface SecretBox {
  /** `owner` is bound to the secret: it opens for nobody else. */
  seal(secret: string, owner: string): string;
  /** @throws {Error} when it was sealed with another key or for another owner */
  open(sealed: string, owner: string): string;
}

/** What is good for one use within minutes, at any node. */
export interface TicketStore {
  put(ticketHash: string, payload: object, expiresAt: EpochMs, at: EpochMs): Promise<void>;
  /** Gives it to one caller only, and not after its time. */
  take(ticketHash: string, at: EpochMs): Promise<unknown>;
}

/** A sign-in that is under way at the provider. */
export interface SignInAttempt {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
}

/** Somebody, as the provider knows them: issuer and subject name them for ever, the rest is what they are called now. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly username?: string;
  readonly displayName?: string;
}

/** Another program's sign-in (OpenID Connect). */
export interface IdentityProvider {
  /** What people call it. */
  readonly name: string;
  /** Where to send the browser. @throws {ImError} `UNAVAILABLE` when the provider cannot be reached */
  begin(redirectUri: string): Promise<{ url: string; state: string; attempt: SignInAttempt }>;
  /**
   * Who has come back.
   *
   * @throws {ImError} `FORBIDDEN` when the provider does not stand by the answer, `UNAVAILABLE` when it cannot be reached
   */
  finish(
    attempt: SignInAttempt,
    answer: { readonly code: string; readonly iss?: string | undefined },
  ): Promise<ProvenIdentity>;
}

/** Who of the users is whom to the provider. */
export interface IdentityStore {
  find(identity: ProvenIdentity): Promise<UserId | undefined>;
  /** Links an account; gives whose it is afterwards, which is another's when they were faster. */
  link(identity: ProvenIdentity, userId: UserId, at: EpochMs): Promise<UserId>;
  /**
   * Makes an account for the identity, both or neither; gives whose it is afterwards, or nothing when the username is
   * taken.
   */
  register(identity: ProvenIdentity, account: NewAccount): Promise<{ owner?: UserId }>;
}
