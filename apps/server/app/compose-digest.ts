import type { Settings } from "../config/environment.ts";
import { DigestSweeper } from "./core/digest/digest-sweeper.ts";
import { Digests, type DigestsOptions } from "./core/digest/digests.ts";
import { MailAddresses } from "./core/digest/mail-addresses.ts";
import type { CallLimit } from "./core/shared/limit.ts";
import { SmtpMailer } from "./infra/mail/smtp-mailer.ts";
import { type Budget, MAIL_BUDGET } from "./infra/rate-limit/budgets.ts";
import { SqlMailStore } from "./repository/mail-store.ts";
import { readMailKey } from "./repository/settings-store.ts";
import type { Sql } from "./repository/sql.ts";

export interface DigestParts extends Pick<DigestsOptions, "conversations" | "users" | "online"> {
  readonly settings: Settings;
  readonly sql: Sql;
  /** Makes a limit that is counted over all nodes. */
  readonly sharedLimit: (budget: Budget) => CallLimit;
  readonly onFault: (error: unknown) => void;
}

/** Builds what tells those who have been away for long by mail; without a mail server nothing is sent. */
export async function composeDigest(parts: DigestParts) {
  const { settings, sql, conversations, users, online, sharedLimit, onFault } = parts;
  const store = new SqlMailStore(sql);
  const key = await readMailKey(sql);
  const { mail } = settings;
  const mailer = mail && new SmtpMailer({ url: mail.smtpUrl, from: mail.from, onFault });
  const clock = Date.now;
  return {
    addresses: new MailAddresses({ store, mailer, key, clock, limit: sharedLimit(MAIL_BUDGET), onFault }),
    sweeper:
      mail && mailer
        ? new DigestSweeper(
            new Digests({ store, mailer, conversations, users, online, key, publicUrl: mail.publicUrl, clock }),
            onFault,
          )
        : undefined,
  };
}
