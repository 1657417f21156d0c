import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { type Certificate, makeCertificate } from "../support/certificate.ts";
import { MailServer } from "../support/mail-server.ts";
import { Person, sendText } from "../support/people.ts";
import { openRaw } from "../support/raw-database.ts";
import { restCodeOf } from "./one-server.ts";

/** Longer than the time between two looks of the server, in milliseconds. */
const SOON = { timeout: 40_000, interval: 200 };

let certificate: Certificate;
beforeAll(() => {
  certificate = makeCertificate();
});

describe.each(["start", "asking"] as const)(
  "a mail server that encrypts from the %s, with a self-made certificate",
  (from) => {
    let backing: Backing;
    let mails: MailServer;
    beforeAll(async () => {
      mails = await MailServer.start({ from, certificate });
      backing = await openBacking();
    });
    afterAll(async () => {
      await mails.stop();
      await backing.release();
    });

    const start = (trusted: object) =>
      backing.start({
        env: {
          SMTP_URL: mails.url,
          MAIL_FROM: "chat@example.com",
          PUBLIC_URL: "https://chat.example.com",
          ...trusted,
        },
      });

    const sql = async (statement: string) => {
      const raw = await openRaw(backing.env["DATABASE_URL"], backing.env["DATA_DIR"] ?? "");
      try {
        await raw.run(statement);
        return await raw.rows("mail_address");
      } finally {
        await raw.close();
      }
    };

    it("gets mail, encrypted, from who trusts it; from nobody else, and then it is said and tried again", async () => {
      const trusting = { NODE_EXTRA_CA_CERTS: certificate.certFile };
      const first = await start(trusting);
      const [ann, bob] = await Promise.all([Person.register(first.url, "Ann"), Person.register(first.url, "Bob")]);
      await ann.rest("PUT", "/api/v1/me/mail", { address: "ann@example.com" });
      const code = /\d{6}/.exec(mails.to("ann@example.com")[0]?.text ?? "")?.[0];
      await ann.rest("POST", "/api/v1/me/mail/confirm", { code });
      const socket = await bob.connect();
      await sendText(socket, { userId: ann.userId }, "still there?");
      socket.close();
      await first.stop();
      expect([mails.received.length, mails.encrypted]).toEqual([1, 1]);

      await sql("UPDATE `user` SET last_seen_at = '2020-01-01 00:00:00.000'");
      await sql("UPDATE mail_address SET look_at = '2020-01-01 00:00:00.000'");
      const second = await start({});
      await expect.poll(async () => (await sql("SELECT 1"))[0]?.["failures"], SOON).toBe(1);
      const body = { address: "bob@example.com" };
      expect(await restCodeOf(second.url, "PUT", "/api/v1/me/mail", { token: bob.token, body })).toBe(
        "503 UNAVAILABLE",
      );
      await second.stop();
      expect(second.logs()).toMatch(/"fault".*self-signed certificate|self-signed certificate.*"fault"/);
      // Neither is anything sent without encryption instead.
      expect(mails.received.length).toBe(1);

      await sql("UPDATE mail_address SET look_at = '2020-01-01 00:00:00.000'");
      const third = await start(trusting);
      await expect.poll(() => mails.to("ann@example.com").length, SOON).toBe(2);
      await third.stop();
      expect(mails.encrypted).toBe(2);
    });
  },
);
