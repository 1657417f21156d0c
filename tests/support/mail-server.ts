import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { Certificate } from "./certificate.ts";

/** How a mail server encrypts: from the start (smtps:), or when it is asked to (STARTTLS). */
export interface MailTls {
  readonly from: "start" | "asking";
  readonly certificate: Certificate;
}

/** A mail server of our own: takes what is sent, and can read it. */
export class MailServer {
  readonly #server: SMTPServer;
  readonly #scheme: "smtp" | "smtps";
  readonly received: ParsedMail[] = [];
  /** How it answers to a recipient: takes it, not now, or never. */
  answer: 250 | 451 | 550 = 250;
  /** How long it takes for a mail, in milliseconds. */
  takesMs = 0;
  /** Mails that it did not take. */
  refused = 0;

  /** Connections over which a mail came that nobody else could read. */
  encrypted = 0;

  private constructor(tls: MailTls | undefined) {
    this.#scheme = tls?.from === "start" ? "smtps" : "smtp";
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: tls === undefined ? ["STARTTLS"] : [],
      secure: tls?.from === "start",
      ...(tls && { key: tls.certificate.key, cert: tls.certificate.cert }),
      logger: false,
      onRcptTo: (_address, _session, callback) => {
        if (this.answer === 250) {
          callback();
          return;
        }
        this.refused += 1;
        callback(Object.assign(new Error("no"), { responseCode: this.answer }));
      },
      onData: (stream, session, callback) => {
        if (session.secure) this.encrypted += 1;
        simpleParser(stream, (error: Error | null, mail) => {
          if (!error) this.received.push(mail);
          setTimeout(() => callback(error), this.takesMs);
        });
      },
    });
  }

  static async start(tls?: MailTls): Promise<MailServer> {
    const server = new MailServer(tls);
    // Who does not trust the certificate says so by hanging up.
    server.#server.on("error", () => undefined);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** What was sent to an address. */
  to(address: string): ParsedMail[] {
    return this.received.filter(({ to }) => [to ?? []].flat().some(({ text }) => text.includes(address)));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
