import type { MailRequest, MailSettings } from "@im-webapp/protocol";
import type { RemoteContext } from "./remote.ts";

/**
 * How the user is told by mail of what waits for them when they have been away for long. Every call needs the server, and
 * rejects with an `ImError`.
 */
export class MailCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /** What the user has asked for, and whether the server sends mail at all. */
  settings(): Promise<MailSettings> {
    return this.#context.send({ method: "GET", path: "/me/mail" });
  }

  /**
   * Changes what is given. A code goes to an `address` that is not confirmed yet. `FORBIDDEN` where the server sends no
   * mail, `RATE_LIMITED` for too many codes, `UNAVAILABLE` when it could not be sent.
   */
  change(request: MailRequest): Promise<MailSettings> {
    return this.#context.send({ method: "PUT", path: "/me/mail", body: request });
  }

  /** Confirms the address by the six digits that were sent to it, and turns the mails on. `FORBIDDEN` for wrong ones. */
  confirm(code: string): Promise<MailSettings> {
    return this.#context.send({ method: "POST", path: "/me/mail/confirm", body: { code } });
  }

  /** Forgets the address. */
  async remove(): Promise<void> {
    await this.#context.send({ method: "DELETE", path: "/me/mail" });
  }
}
