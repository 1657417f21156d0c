import { type Transporter, createTransport } from "nodemailer";
import type { Mail, Mailer } from "../../core/digest/ports.ts";

/** How long a mail server may take for a connection, its greeting, and between any two answers, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Answers from here on are for good (RFC 5321). */
const PERMANENT = 500;

/** What it answers to may be about the address alone; anything else is about the server. */
const ABOUT_ADDRESS = /^(RCPT TO|DATA)$/;

export interface SmtpOptions {
  /** smtp: or smtps: */
  readonly url: string;
  readonly from: string;
  readonly onFault: (error: unknown) => void;
}

/** Mail by SMTP. */
export class SmtpMailer implements Mailer {
  readonly #options: SmtpOptions;
  readonly #transport: Transporter;

  constructor(options: SmtpOptions) {
    this.#options = options;
    this.#transport = createTransport({
      url: options.url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // A mail is ours from end to end: nothing in it names a file or an address to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, subject, text, html, unsubscribeUrl }: Mail): Promise<"sent" | "refused"> {
    try {
      await this.#transport.sendMail({
        from: this.#options.from,
        to: { name: "", address: to },
        subject,
        text,
        html,
        headers: {
          // So that no out-of-office reply comes back (RFC 3834).
          "Auto-Submitted": "auto-generated",
          ...(unsubscribeUrl !== undefined && {
            "List-Unsubscribe": `<${unsubscribeUrl}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }),
        },
      });
      return "sent";
    } catch (error) {
      this.#options.onFault(error);
      if (isAboutAddress(error)) return "refused";
      throw error;
    }
  }
}

function isAboutAddress(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  return (
    typeof responseCode === "number" &&
    responseCode >= PERMANENT &&
    typeof command === "string" &&
    ABOUT_ADDRESS.test(command)
  );
}
