import { randomUUID } from "node:crypto";
import { type SessionResponse, me, sessionResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";
import { rest, restOk } from "../support/rest.ts";
import { waitFor } from "../support/wait-for.ts";
import { restCodeOf, useSharedServer } from "./one-server.ts";

const PASSWORD = "correct horse battery";

const at = useSharedServer();

/** A username that no other test has. */
const fresh = (name: string) => `${name}-${randomUUID().slice(0, 8)}`;
const device = () => ({ deviceId: randomUUID(), name: "test" });
const someNumber = () => `+86139${String(Math.random()).slice(2, 10)}`;

function register(fields: { username: string; phone?: string }) {
  const body = { password: PASSWORD, displayName: "Somebody", device: device(), ...fields };
  return rest(at.url, "POST", "/api/v1/auth/register", { body });
}

function login(username: string, password = PASSWORD) {
  return rest(at.url, "POST", "/api/v1/auth/login", { body: { username, password, device: device() } });
}

/** Waits for the end of a socket and gives why the server said that it ended. */
async function endOf(connection: Connection): Promise<string | undefined> {
  await waitFor(() => connection.socket.disconnected, { what: "the end of the socket" });
  return connection.revoked?.reason;
}

describe("registering", () => {
  it("makes an account and a session that works at once", async () => {
    const [username, phone] = [fresh("Ann"), someNumber()];
    const { status, body } = await register({ username, phone });
    expect(status).toBe(201);
    const session = sessionResponse.strict().parse(body);
    expect(me.strict().parse(session.user)).toMatchObject({ username, displayName: "Somebody", phone });
    expect(session.expiresAt).toBeGreaterThan(Date.now() + 24 * 60 * 60 * 1000);
    expect(await restOk(at.url, "GET", "/api/v1/me", { token: session.token })).toEqual(session.user);
    const connection = await Connection.open(at.url, session.token);
    expect(connection.ready).toMatchObject({ userId: session.user.userId, head: 0, protocol: 1 });
    connection.close();
  });

  it("refuses a username that is taken, however it is written", async () => {
    const username = fresh("Zoë");
    await register({ username });
    for (const same of [username, username.toUpperCase(), ` ${username} `, username.normalize("NFD")]) {
      const { status, body } = await register({ username: same });
      expect([same, status]).toEqual([same, 409]);
      expect(body).toMatchObject({ error: { code: "CONFLICT", details: { fields: [{ path: "username" }] } } });
    }
  });

  it("holds names apart that only a loose collation confuses", async () => {
    const name = fresh("ola");
    const answers = await Promise.all(
      [name, name.replace("a", "á"), name.replace("a", "å"), name.replace("o", "ø"), `${name}.`].map((username) =>
        register({ username }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  });

  it("refuses a phone that is taken, however it is written", async () => {
    const phone = someNumber();
    await register({ username: fresh("ann"), phone });
    const written = `${phone.slice(0, 3)} (${phone.slice(3, 6)}) ${phone.slice(6, 9)}-${phone.slice(9)}`;
    const { status, body } = await register({ username: fresh("bob"), phone: written });
    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: "CONFLICT", details: { fields: [{ path: "phone" }] } } });
  });

  it("gives a name that several ask for at once to one of them", async () => {
    const username = fresh("rush");
    const answers = await Promise.all(Array.from({ length: 5 }, () => register({ username })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
  });

  it("names every field that is wrong", async () => {
    const body = { username: "x", password: "short", displayName: " ", device: { deviceId: "", name: "test" } };
    const answer = await rest(at.url, "POST", "/api/v1/auth/register", { body });
    expect(answer.status).toBe(400);
    const { error } = answer.body as { error: { details: { fields: { path: string }[] } } };
    const paths = error.details.fields.map(({ path }) => path).toSorted();
    expect(paths).toEqual(["device.deviceId", "displayName", "password", "username"]);
  });
});

describe("logging in", () => {
  it("takes the name in any case, and the phone in any form", async () => {
    const [username, phone] = [fresh("Ann"), someNumber()];
    const { user } = (await register({ username, phone })).body as SessionResponse;
    const spaced = `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`;
    for (const name of [username, username.toUpperCase(), ` ${username}`, phone, spaced]) {
      const { status, body } = await login(name);
      expect([name, status]).toEqual([name, 200]);
      expect(sessionResponse.strict().parse(body).user).toEqual(user);
    }
  });

  it("answers alike to a wrong name and a wrong password", async () => {
    const username = fresh("ann");
    await register({ username });
    const [wrongPassword, wrongName, wrongNumber] = await Promise.all([
      login(username, "correct horse batterx"),
      login(fresh("nobody")),
      login(someNumber()),
    ]);
    expect(wrongPassword).toMatchObject({ status: 401, body: { error: { code: "UNAUTHENTICATED" } } });
    expect(wrongName).toEqual(wrongPassword);
    expect(wrongNumber).toEqual(wrongPassword);
  });
});

describe("logging out", () => {
  it("closes every socket of the device and ends its token, and no other device's", async () => {
    const ann = await at.person("Ann");
    const tablet = await ann.login();
    const [one, two, other] = await at.connectAll(ann, ann, tablet);
    expect(await rest(at.url, "POST", "/api/v1/auth/logout", { token: ann.token })).toEqual({ status: 200, body: {} });

    expect(await Promise.all([one, two].map(endOf))).toEqual(["logout", "logout"]);
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: ann.token })).toBe("401 UNAUTHENTICATED");
    expect(await restCodeOf(at.url, "POST", "/api/v1/auth/logout", { token: ann.token })).toBe("401 UNAUTHENTICATED");
    await expect(ann.connect()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });

    expect(await other.ok("sync:pull", { cursor: 0 })).toMatchObject({ head: 0 });
    expect(other.revoked).toBeUndefined();
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: tablet.token })).toBe("200");
  });
});

describe("a device has one session", () => {
  it("so a new login ends the earlier one, and leaves other devices alone", async () => {
    const ann = await at.person("Ann");
    const [tablet, almost] = await Promise.all([ann.login(), ann.login(at.url, ann.deviceId.toUpperCase())]);
    const [first, second, third] = await at.connectAll(ann, tablet, almost);
    const again = await ann.login(at.url, ann.deviceId);
    expect(await endOf(first)).toBe("replaced");
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: ann.token })).toBe("401 UNAUTHENTICATED");

    await at.connect(again);
    for (const connection of [second, third]) {
      expect(await connection.ok("sync:pull", { cursor: 0 })).toMatchObject({ head: 0 });
      expect(connection.revoked).toBeUndefined();
    }
  });

  it("of each user: two people may share a device", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const annAtBobs = await ann.login(at.url, bob.deviceId);
    const [bobs, anns] = await at.connectAll(bob, annAtBobs);
    await rest(at.url, "POST", "/api/v1/auth/logout", { token: bob.token });
    expect(await endOf(bobs)).toBe("logout");
    expect(await anns.ok("sync:pull", { cursor: 0 })).toMatchObject({ head: 0 });
  });

  it("with as many sockets as it likes, each of which hears everything", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [one, two, bobs] = await at.connectAll(ann, ann, bob);
    await sendText(bobs, { userId: ann.userId }, "to both");
    await Promise.all([one.pushedText("to both"), two.pushedText("to both")]);
    await sendText(one, { userId: bob.userId }, "from one");
    await two.pushedText("from one");
    expect(one.pushed).toEqual(two.pushed);
  });
});

describe("without a session", () => {
  it("nothing is answered at REST", async () => {
    const { token } = await at.person("Ann");
    const refused = [undefined, "", "Bearer", "Bearer ", `Basic ${token}`, token, `Bearer ${token}x`, "Bearer null"];
    for (const authorization of refused) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${at.url}/api/v1/me`, { headers });
      expect([authorization, response.status]).toEqual([authorization, 401]);
      expect(await response.json()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
    }
    const lowerCase = await fetch(`${at.url}/api/v1/me`, { headers: { authorization: `bearer ${token}` } });
    expect(lowerCase.status).toBe(200);
  });

  it("no socket is let in, and its connect_error says why", async () => {
    const person = await Person.register(at.url, "Ann");
    const bad = [
      undefined,
      null,
      "",
      "nonsense",
      7,
      true,
      {},
      [person.token],
      { token: person.token },
      "x".repeat(5_000),
    ];
    await Promise.all(
      bad.map((token) =>
        expect(Connection.open(at.url, token), JSON.stringify(token)).rejects.toMatchObject({
          code: "UNAUTHENTICATED",
        }),
      ),
    );
  });
});
