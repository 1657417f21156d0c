import { afterAll, beforeAll, expect, it } from "vitest";
import { type Backing, openBacking } from "../support/backing.ts";
import { MailServer } from "../support/mail-server.ts";
import { Person, sendText } from "../support/people.ts";
import { openRaw } from "../support/raw-database.ts";
import type { Server } from "../support/server.ts";

/** Enough, and each slow enough, that a node is still at work when the other looks what there is to do. */
const PEOPLE = 30;
const TAKES_MS = 300;
const SOON = { timeout: 60_000, interval: 200 };
const LONG_AGO = "2020-01-01 00:00:00.000";

let mails: MailServer;
let backing: Backing;
let nodes: Server[];

beforeAll(async () => {
  mails = await MailServer.start();
  mails.takesMs = TAKES_MS;
  backing = await openBacking();
  nodes = await Promise.all(
    ["west", "east"].map((name) =>
      backing.start({
        env: { SMTP_URL: mails.url, MAIL_FROM: `${name}@example.com`, PUBLIC_URL: "https://chat.example.com" },
      }),
    ),
  );
});

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await mails.stop();
  await backing.release();
});

it("two nodes that look for the same mails at the same time send each of them once", async () => {
  const [west] = nodes;
  const url = west?.url ?? "";
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => Person.register(url, `P${index}`)));
  const last = await Person.register(url, "Last");
  const bob = await Person.register(url, "Bob");
  const bobs = await bob.connect();
  for (const { userId } of [...people, last]) await sendText(bobs, { userId }, "still there?");
  const raw = await openRaw(backing.env["DATABASE_URL"], "");
  const subscribe = async (of: readonly Person[]) => {
    const rows = of.map(
      ({ userId }) => `('${userId}', '${userId}@example.com', '${LONG_AGO}', 1, 1, 'en', '${LONG_AGO}')`,
    );
    await raw.run(
      `INSERT INTO mail_address (user_id, address, confirmed_at, is_on, hours, language, look_at) VALUES ${rows.join(",")}`,
    );
  };
  await raw.run(`UPDATE \`user\` SET last_seen_at = '${LONG_AGO}'`);
  await subscribe(people);
  await expect.poll(() => mails.received.length, SOON).toBeGreaterThanOrEqual(PEOPLE);
  // What a node has taken from then on it has taken after them.
  await subscribe([last]);
  await expect.poll(() => mails.to(last.userId).length, SOON).toBe(1);
  expect(people.map(({ userId }) => mails.to(userId).length)).toEqual(people.map(() => 1));
  expect(new Set(mails.received.map(({ from }) => from?.text))).toEqual(
    new Set(["west@example.com", "east@example.com"]),
  );
  await raw.close();
  bobs.close();
});
