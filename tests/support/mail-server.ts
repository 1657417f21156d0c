import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail server of our own: takes what is sent, and can read it. */
export class MailServer {
  readonly #server: SMTPServer;
  readonly received: ParsedMail[] = [];
  /** How it answers to a recipient: takes it, not now, or never. */
  answer: 250 | 451 | 550 = 250;
  /** Mails that it did not take. */
  refused = 0;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      logger: false,
      onRcptTo: (_address, _session, callback) => {
        if (this.answer === 250) {
          callback();
          return;
        }
        this.refused += 1;
        callback(Object.assign(new Error("no"), { responseCode: this.answer }));
      },
      onData: (stream, _session, callback) => {
        simpleParser(stream, (error: Error | null, mail) => {
          if (!error) this.received.push(mail);
          callback(error);
        });
      },
    });
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** What was sent to an address. */
  to(address: string): ParsedMail[] {
    return this.received.filter(({ to }) => [to ?? []].flat().some(({ text }) => text.includes(address)));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
