import type { MailSettings } from "@im-webapp/protocol";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MailServer } from "../support/mail-server.ts";
import { PASSWORD, type Person, sendText } from "../support/people.ts";
import { restCodeOf, useServer } from "./one-server.ts";

/** Longer than the time between two looks of the server, in milliseconds. */
const SOON = { timeout: 40_000, interval: 200 };

/** Long before anything in these tests, in any zone. */
const LONG_AGO = "2020-01-01 00:00:00.000";

const LONGER_AGO = "2019-01-01 00:00:00.000";

const env: Record<string, string> = {
  MAIL_FROM: "Our Chat <chat@example.com>",
  PUBLIC_URL: "https://chat.example.com",
};
let mails: MailServer;

beforeAll(async () => {
  mails = await MailServer.start();
  env["SMTP_URL"] = mails.url;
});
const at = useServer({ env });
afterAll(() => mails.stop());

const addressOf = (person: Person) => `${person.username}@example.com`;

const codeIn = (text = "") => /\d{6}/.exec(text)?.[0] ?? "";

const settings = (person: Person) => person.rest<MailSettings>("GET", "/api/v1/me/mail");

async function subscribe(person: Person, how: object = {}): Promise<void> {
  await person.rest("PUT", "/api/v1/me/mail", { address: addressOf(person), ...how });
  const code = codeIn(mails.to(addressOf(person)).at(-1)?.text);
  await person.rest("POST", "/api/v1/me/mail/confirm", { code });
}

/** Has the server believe that they left long ago, and look at them now. */
const leave = (...people: readonly Person[]) =>
  at.raw(async (database) => {
    const ids = people.map(({ userId }) => `'${userId}'`).join(", ");
    await database.run(`UPDATE \`user\` SET last_seen_at = '${LONG_AGO}' WHERE user_id IN (${ids})`);
    await lookNow(people, database);
  });

/** Has them looked at by the next pass, in the order of `since`. */
async function lookNow(
  people: readonly Person[],
  database: { run(sql: string): Promise<void> },
  since = LONG_AGO,
): Promise<void> {
  const ids = people.map(({ userId }) => `'${userId}'`).join(", ");
  await database.run(`UPDATE mail_address SET look_at = '${since}' WHERE user_id IN (${ids})`);
}

/** When the server saw them come or go, as the database has it. */
const lastSeen = (...people: readonly Person[]) =>
  at.raw(async (database) => {
    const rows = await database.rows("user");
    return people.map(({ userId }) => JSON.stringify(rows.find((row) => row["user_id"] === userId)?.["last_seen_at"]));
  });

/** The mails about what waits. */
const digests = (person: Person) => mails.to(addressOf(person)).filter(({ headers }) => headers.has("list"));

it("an address gets nothing but a code before it is confirmed, and a guesser of codes gets nowhere", async () => {
  const [ann, bob] = await at.people("Ann", "Bob");
  expect(await settings(ann)).toEqual({
    available: true,
    confirmed: false,
    on: false,
    hours: 24,
    hideContent: false,
    language: "zh-CN",
  });
  await ann.rest("PUT", "/api/v1/me/mail", { address: addressOf(ann), on: true, hours: 1, language: "en" });
  expect(await settings(ann)).toMatchObject({ address: addressOf(ann), confirmed: false, on: false, hours: 1 });
  const [mail] = mails.to(addressOf(ann));
  expect(mail?.subject).toMatch(/^\d{6} confirms your e-mail address$/);
  expect(mail?.from?.text).toContain("chat@example.com");
  const code = codeIn(mail?.text);
  const wrong = code === "000000" ? "000001" : "000000";
  const confirm = (person: Person, tried: string) =>
    restCodeOf(at.url, "POST", "/api/v1/me/mail/confirm", { token: person.token, body: { code: tried } });
  expect(await confirm(bob, code)).toBe("403 FORBIDDEN");
  expect(await confirm(ann, wrong)).toBe("403 FORBIDDEN");
  expect(await confirm(ann, code)).toBe("200");
  expect(await settings(ann)).toMatchObject({ confirmed: true, on: true, hours: 1, language: "en" });

  await bob.rest("PUT", "/api/v1/me/mail", { address: addressOf(bob) });
  for (let tries = 0; tries < 5; tries += 1) expect(await confirm(bob, wrong)).toMatch(/403|200/);
  expect(await confirm(bob, codeIn(mails.to(addressOf(bob)).at(-1)?.text))).toBe("403 FORBIDDEN");

  const change = (body: object) => restCodeOf(at.url, "PUT", "/api/v1/me/mail", { token: ann.token, body });
  expect(await change({ address: "no address" })).toBe("400 BAD_REQUEST");
  expect(await change({ address: "a@b.example\r\nBcc: c@d.example" })).toBe("400 BAD_REQUEST");
  expect(await change({ hours: 0 })).toBe("400 BAD_REQUEST");
  // Another address is nobody's until it is confirmed.
  await ann.rest("PUT", "/api/v1/me/mail", { address: `other-${addressOf(ann)}` });
  expect(await settings(ann)).toMatchObject({ confirmed: false, on: false });
  await ann.rest("DELETE", "/api/v1/me/mail");
  expect((await settings(ann)).address).toBeUndefined();
});

it("whoever has been away is told once of what waits, as they chose, and turns it off by one click", async () => {
  const [ann, bob, carl, dora, eve] = await at.people("Ann", "鲍勃 <b>", "Carl", "Dora", "Eve");
  await Promise.all([
    subscribe(ann),
    subscribe(carl, { hideContent: true, language: "en" }),
    subscribe(dora),
    subscribe(eve),
  ]);
  const [bobs, doras, eves] = await at.connectAll(bob, dora, eve);
  const { groupId, conversationId } = await bob.createGroup("周末 & 假日", [ann, carl, dora]);
  await doras.ok("conversation:set", { conversationId, notify: 1 });
  await sendText(bobs, { userId: ann.userId }, "<i>hello</i>");
  await bobs.ok("message:send", {
    clientMessageId: crypto.randomUUID(),
    to: { groupId },
    content: { kind: "text", text: "@Ann come" },
    mentions: [ann.userId],
  });
  const read = await sendText(bobs, { userId: eve.userId }, "read already");
  await eves.ok("read:mark", { conversationId: read.conversationId, seq: read.seq });
  const before = await lastSeen(dora, eve);
  doras.close();
  eves.close();
  // Somebody whose connection has just been lost may be back at once, and counts as here for a while.
  await expect
    .poll(async () => (await lastSeen(dora, eve)).every((time, index) => time !== before[index]), SOON)
    .toBe(true);
  // Those who are told come last, so that whoever should not be would have been by then.
  await leave(dora, eve, ann, carl);
  await at.raw((database) => lookNow([dora, eve], database, LONGER_AGO));
  await expect.poll(() => [digests(ann).length, digests(carl).length], SOON).toEqual([1, 1]);

  const [anns] = digests(ann);
  expect(anns?.subject).toBe("你有 3 条未读消息");
  expect(anns?.text).toContain("鲍勃 <b> (1)\n<i>hello</i>\nhttps://chat.example.com/c/");
  expect(anns?.text).toContain("周末 & 假日 (2)\n[有人@我] 鲍勃 <b>：@Ann come\n");
  expect(anns?.html).toContain("&lt;i&gt;hello&lt;/i&gt;");
  expect(anns?.html).not.toMatch(/<i>|<b>/);
  const [carls] = digests(carl);
  expect(carls?.subject).toBe("2 unread messages");
  expect(`${carls?.text ?? ""}${carls?.html === false ? "" : (carls?.html ?? "")}`).not.toMatch(/周末|Ann|鲍勃/);

  // The same absence is told once, also when more comes; Dora, whose group is silent, only once it names her.
  await sendText(bobs, { userId: ann.userId }, "and more");
  await bobs.ok("message:send", {
    clientMessageId: crypto.randomUUID(),
    to: { groupId },
    content: { kind: "text", text: "@Dora you too" },
    mentions: [dora.userId],
  });
  await at.raw((database) => lookNow([ann, carl], database, LONGER_AGO));
  await leave(dora);
  await expect.poll(() => digests(dora).length, SOON).toBe(1);
  expect(digests(dora)[0]?.text).toContain("@Dora you too");
  expect([digests(ann).length, digests(carl).length, digests(eve).length]).toEqual([1, 1, 0]);

  const list = anns?.headers.get("list") as { unsubscribe?: { url?: string } } | undefined;
  const link = new URL(list?.unsubscribe?.url ?? "");
  expect(link.origin).toBe("https://chat.example.com");
  expect(anns?.headerLines.map(({ line }) => line)).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  // Whoever only looks where the link leads turns nothing off.
  const page = await fetch(at.url + link.pathname);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(await page.text()).toContain("不再接收");
  expect(await settings(ann)).toMatchObject({ on: true });
  const click = await fetch(at.url + link.pathname, {
    method: "POST",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
  });
  expect(click.status).toBe(200);
  expect(await settings(ann)).toMatchObject({ on: false, confirmed: true });
});

it("a mail that the server did not take is sent later, and its address is forgotten with the account", async () => {
  const [ann, bob] = await at.people("Ann", "Bob");
  await subscribe(ann);
  await sendText(await at.connect(bob), { userId: ann.userId }, "still there?");
  mails.answer = 451;
  await leave(ann);
  await expect.poll(() => mails.refused, SOON).toBeGreaterThan(0);
  // The rest of the server goes on.
  expect(
    await restCodeOf(at.url, "PUT", "/api/v1/me/mail", { token: bob.token, body: { address: addressOf(bob) } }),
  ).toBe("503 UNAVAILABLE");
  const failures = () =>
    at.raw(
      async (database) =>
        (await database.rows("mail_address")).find((row) => row["user_id"] === ann.userId)?.["failures"],
    );
  await expect.poll(failures, SOON).toBe(1);
  mails.answer = 250;
  await at.raw((database) => lookNow([ann], database));
  await expect.poll(() => digests(ann).length, SOON).toBe(1);
  await expect.poll(failures, SOON).toBe(0);

  const { path } = await ann.rest<{ path: string }>("POST", "/api/v1/me/export", { password: PASSWORD });
  const taken = (await (await fetch(at.url + path)).text()).split("\n");
  expect(taken.some((line) => line.startsWith('{"type":"mail"') && line.includes(addressOf(ann)))).toBe(true);
  await ann.rest("POST", "/api/v1/me/delete", { password: PASSWORD });
  const left = await at.raw((database) => database.rows("mail_address"));
  expect(left.some((row) => row["user_id"] === ann.userId)).toBe(false);
});

it("an address that refuses mail for good is tried once in each absence, says so, and is given up after the third", async () => {
  const [ann, bob, carl] = await at.people("Ann", "Bob", "Carl");
  await Promise.all([subscribe(ann), subscribe(carl)]);
  const bobs = await at.connect(bob);
  await Promise.all([ann, carl].map(({ userId }) => sendText(bobs, { userId }, "anybody there?")));
  const refused = () => mails.refused;
  const before = refused();
  const absent = async () => {
    await at.raw((database) =>
      database.run(`UPDATE mail_address SET told_at = '${LONGER_AGO}' WHERE user_id = '${ann.userId}'`),
    );
    await leave(ann);
  };
  mails.answer = 550;
  try {
    for (const attempt of [1, 2, 3]) {
      await absent();
      await expect.poll(async () => (await settings(ann)).on && refused() < before + attempt, SOON).toBe(false);
      await expect.poll(async () => (await settings(ann)).on, SOON).toBe(attempt < 3);
      expect(await settings(ann)).toMatchObject({ confirmed: true, refused: true });
      // Not again in the same absence.
      await at.raw((database) => lookNow([ann], database));
    }
    // Who comes last in a pass shows that those before had their turn.
    await absent();
    await leave(carl);
    await expect.poll(async () => (await settings(carl)).refused, SOON).toBe(true);
    expect(refused()).toBe(before + 4);
  } finally {
    mails.answer = 250;
  }
  // Whoever turns them on again gets them.
  expect(await ann.rest("PUT", "/api/v1/me/mail", { on: true })).not.toHaveProperty("refused");
  await absent();
  await expect.poll(() => digests(ann).length, SOON).toBe(1);
  expect(await settings(ann)).not.toHaveProperty("refused");
});
