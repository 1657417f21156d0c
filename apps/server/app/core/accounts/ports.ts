import type { Device, DeviceId, EpochMs, Me, UserId } from "@im-webapp/protocol";

export interface NewAccount {
  readonly userId: UserId;
  readonly username: string;
  /** The username as it is compared: NFKC, lower-cased. */
  readonly usernameKey: string;
  readonly phone?: string;
  readonly displayName: string;
  /** Absent: the user can only be given tokens. */
  readonly passwordHash?: string;
  readonly createdAt: EpochMs;
}

/** An account with what proves who comes. */
export interface Credentials {
  readonly me: Me;
  readonly passwordHash?: string;
}

/** Accounts and what signs in to them. */
export interface AccountStore {
  /** Writes the user and their empty timeline together; names the field when its value is taken. */
  create(account: NewAccount): Promise<{ taken?: "username" | "phone" }>;
  /** The ids of those of the usernames that exist, by key. */
  findByKeys(usernameKeys: readonly string[]): Promise<Map<string, UserId>>;
  /** Makes, all or none, those whose username is free, and gives the ids of all by key. @throws {ImError} `CONFLICT` */
  createMissing(accounts: readonly NewAccount[]): Promise<Map<string, UserId>>;
  /** Whoever has this username and whoever has this phone number: a name may look like another's number. */
  findByLogin(usernameKey: string, phone: string | undefined): Promise<Credentials[]>;
  /** Undefined for an account that is gone. */
  findCredentials(userId: UserId): Promise<Credentials | undefined>;
  setPassword(userId: UserId, passwordHash: string, at: EpochMs): Promise<void>;
  /** Whether the account is linked with the sign-in of another program. */
  isLinked(userId: UserId): Promise<boolean>;
  findMe(userId: UserId): Promise<Me | undefined>;
  /** Whether somebody has this phone number. */
  hasPhone(phone: string): Promise<boolean>;
}

/** One device's right to act as its user. */
export interface Session {
  readonly sessionId: string;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly expiresAt: EpochMs;
  /** When it began. */
  readonly signedInAt: EpochMs;
}

/** Sessions, one for each device. Tokens are kept only as SHA-256. */
export interface SessionStore {
  /** Makes this the device's only session, whatever it had before. */
  start(session: Session, device: Device, tokenHash: string, at: EpochMs): Promise<void>;
  find(tokenHash: string): Promise<Session | undefined>;
  /** The session that a device has. */
  current(userId: UserId, deviceId: DeviceId): Promise<Pick<Session, "sessionId" | "expiresAt"> | undefined>;
  /** Ends this session if it is still the device's. */
  end(session: Session, at: EpochMs): Promise<void>;
  /** Notes that the device was here. */
  seen(userId: UserId, deviceId: DeviceId, at: EpochMs): Promise<void>;
}

/** Turns passwords into something that may be stored. Slow by design. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}
