import type { Settings } from "../config/environment.ts";
import { Accounts } from "./core/accounts/accounts.ts";
import type { AccountStore } from "./core/accounts/ports.ts";
import type { EndSockets, Sessions } from "./core/accounts/sessions.ts";
import type { Core } from "./core/core.ts";
import type { Portraits } from "./core/portraits/portraits.ts";
import type { ProfileChanges } from "./core/profile/profile-changes.ts";
import { AccountSecurity } from "./core/security/account-security.ts";
import { Confirm } from "./core/security/confirm.ts";
import { DeleteAccount } from "./core/security/delete-account.ts";
import { Devices } from "./core/security/devices.ts";
import { ExportData, type ExportDataOptions, type ExportTicket } from "./core/security/export-data.ts";
import { OidcSignIn } from "./core/security/oidc-sign-in.ts";
import type { SignInAttempt } from "./core/security/ports.ts";
import { SecondFactor } from "./core/security/second-factor.ts";
import { Tickets } from "./core/security/tickets.ts";
import type { CallLimit } from "./core/shared/limit.ts";
import type { CommandSink } from "./core/timeline/command.ts";
import { type Budget, CODE_BUDGET, PASSWORD_BUDGET } from "./infra/rate-limit/budgets.ts";
import { argon2Hasher } from "./infra/security/argon2-hasher.ts";
import { OidcProvider } from "./infra/security/oidc-provider.ts";
import { oneTimePasswords } from "./infra/security/one-time-passwords.ts";
import { createSecretBox } from "./infra/security/secret-box.ts";
import { SqlDeletionStore } from "./repository/deletion-store.ts";
import { SqlDeviceStore } from "./repository/device-store.ts";
import { SqlIdentityStore } from "./repository/identity-store.ts";
import { SqlMailStore } from "./repository/mail-store.ts";
import type { Sql } from "./repository/sql.ts";
import { SqlTicketStore } from "./repository/ticket-store.ts";
import { SqlTotpStore } from "./repository/totp-store.ts";

/** How long somebody may take to sign in at another program, in milliseconds: 10 minutes. */
const OIDC_ATTEMPT_MS = 10 * 60 * 1000;

/** How long the address of a download is good, in milliseconds: a browser follows it at once. */
const EXPORT_TICKET_MS = 60 * 1000;

/** What the safety of accounts needs of the rest. */
export interface SecurityParts {
  readonly settings: Settings;
  readonly sql: Sql;
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly pipeline: CommandSink;
  readonly endSockets: EndSockets;
  readonly profiles: ProfileChanges;
  readonly portraits: Portraits;
  /** Makes a limit that is counted over all nodes. */
  readonly sharedLimit: (budget: Budget) => CallLimit;
  /** Where an export is read from. */
  readonly readers: Pick<
    ExportDataOptions,
    "applications" | "contacts" | "conversations" | "participations" | "groups" | "messages" | "marks"
  >;
}

/** Builds signing in, and all that guards an account. */
export function composeSecurity(
  parts: SecurityParts,
): Pick<Core, "accounts" | "devices" | "security" | "oidc" | "exportData" | "deleteAccount"> {
  const { settings, sql, accounts, sessions, pipeline, endSockets, profiles, portraits, sharedLimit, readers } = parts;
  const { database } = sql;
  const clock = Date.now;
  const hasher = argon2Hasher;
  const secondFactor = new SecondFactor({
    store: new SqlTotpStore(database),
    passwords: oneTimePasswords,
    box: createSecretBox(settings.encryptionKey),
    clock,
    limit: sharedLimit(CODE_BUDGET),
  });
  const confirm = new Confirm({ accounts, hasher, secondFactor, clock, limit: sharedLimit(PASSWORD_BUDGET) });
  const deviceStore = new SqlDeviceStore(database);
  const ticketStore = new SqlTicketStore(database);
  const devices = new Devices(deviceStore, clock, endSockets);
  return {
    accounts: new Accounts(accounts, sessions, hasher, clock, secondFactor),
    devices,
    security: new AccountSecurity({ accounts, hasher, confirm, devices, secondFactor, clock }),
    oidc: new OidcSignIn({
      provider: settings.oidc && new OidcProvider(settings.oidc),
      identities: new SqlIdentityStore(database),
      accounts,
      sessions,
      attempts: new Tickets<SignInAttempt>("oidc", OIDC_ATTEMPT_MS, ticketStore, clock),
      clock,
    }),
    exportData: new ExportData({
      ...readers,
      confirm,
      tickets: new Tickets<ExportTicket>("export", EXPORT_TICKET_MS, ticketStore, clock),
      accounts,
      devices: deviceStore,
      mail: new SqlMailStore(sql),
      clock,
    }),
    deleteAccount: new DeleteAccount({
      store: new SqlDeletionStore(sql),
      confirm,
      devices,
      pipeline,
      endSockets,
      accounts,
      contacts: readers.contacts,
      profiles,
      portraits,
      clock,
    }),
  };
}
