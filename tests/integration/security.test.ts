import {
  type DevicesResponse,
  type RecoveryCodesResponse,
  type ServerTokensResponse,
  type ServerUsersResponse,
  type SignedInDevice,
  type TotpResponse,
  devicesResponse,
  securityResponse,
  totpResponse,
} from "@im-webapp/protocol";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeOf } from "../support/authenticator.ts";
import type { Connection } from "../support/connection.ts";
import { PASSWORD, type Person, sendText } from "../support/people.ts";
import { restOk } from "../support/rest.ts";
import { waitFor } from "../support/wait-for.ts";
import { restCodeOf, useServer } from "./one-server.ts";
import { enrol, refusalOf, securityOf, tryLogin } from "./security-calls.ts";

const KEY = randomUUID();

const at = useServer({ env: { SERVER_KEY: KEY, ENCRYPTION_KEY: "0f".repeat(32) } });

const NEW_PASSWORD = "another horse battery";

const devicesOf = async (person: Person) =>
  devicesResponse.strict().parse(await person.rest<DevicesResponse>("GET", "/api/v1/me/devices")).devices;

async function endOf(connection: Connection): Promise<string | undefined> {
  await waitFor(() => connection.socket.disconnected, { what: "the end of the socket" });
  return connection.revoked?.reason;
}

/** Somebody whom the embedding program made, without a password. */
async function withoutPassword(): Promise<Pick<Person, "url" | "token">> {
  const call = <T>(path: string, body: unknown) =>
    restOk<T>(at.url, "POST", `/api/v1/server${path}`, { token: KEY, body });
  const username = `token-${randomUUID().slice(0, 8)}`;
  const { users } = await call<ServerUsersResponse>("/users", { users: [{ username, displayName: "Tok" }] });
  const { tokens } = await call<ServerTokensResponse>("/tokens", {
    tokens: [{ userId: users[0]!.userId, device: { deviceId: randomUUID(), name: "test" } }],
  });
  return { url: at.url, token: tokens[0]!.token };
}

describe("devices", () => {
  it("are those on which one is signed in, with what is known of each", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const tablet = await ann.login();
    const [connection, bobs] = await at.connectAll(tablet, bob);
    await sendText(bobs, { userId: ann.userId }, "for your tablet");
    await connection.pushedText("for your tablet");
    await connection.ok("sync:ack", { cursor: 2 });

    const devices = await devicesOf(ann);
    expect(Object.fromEntries(devices.map(({ deviceId, current }) => [deviceId, current]))).toEqual({
      [ann.deviceId]: true,
      [tablet.deviceId]: false,
    });
    const found = devices.find(({ deviceId }) => deviceId === tablet.deviceId);
    expect(found?.lastReceivedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(found?.lastSeenAt).toBeGreaterThanOrEqual(found?.createdAt ?? Infinity);
    expect(devices.find(({ current }) => current)?.lastReceivedAt).toBeUndefined();
  });

  it("get other names and push ids, for all of the user's devices to see", async () => {
    const ann = await at.person("Ann");
    const tablet = await ann.login();
    const path = `/api/v1/me/devices/${tablet.deviceId}`;
    const renamed = await ann.rest<SignedInDevice>("PATCH", path, { name: "  客厅的平板 ", pushId: "push-1" });
    expect(renamed).toMatchObject({ deviceId: tablet.deviceId, name: "客厅的平板", pushId: "push-1", current: false });
    const seen = (await devicesOf(tablet)).find(({ current }) => current);
    expect(seen).toEqual({ ...renamed, current: true });
    expect(await ann.rest<SignedInDevice>("PATCH", path, { pushId: null })).not.toHaveProperty("pushId");
    expect(await refusalOf(ann, "PATCH", `/me/devices/${tablet.deviceId}`, { name: " " })).toMatch("400 BAD_REQUEST");
  });

  it("of others do not exist", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    for (const method of ["PATCH", "DELETE"]) {
      expect(await refusalOf(bob, method, `/me/devices/${ann.deviceId}`, { name: "mine" })).toBe("404 NOT_FOUND");
    }
    expect(await devicesOf(ann)).toHaveLength(1);
    expect(await devicesOf(bob)).toHaveLength(1);
  });

  it("that are revoked hear of it and get nothing more", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const tablet = await ann.login();
    const [mine, theirs, bobs] = await at.connectAll(ann, tablet, bob);
    await ann.rest("DELETE", `/api/v1/me/devices/${tablet.deviceId}`);
    await sendText(bobs, { userId: ann.userId }, "after the end");
    await mine.pushedText("after the end");

    expect(await endOf(theirs)).toBe("revoked");
    expect(theirs.pushed).toEqual([]);
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: tablet.token })).toBe("401 UNAUTHENTICATED");
    await expect(tablet.connect()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect((await devicesOf(ann)).map(({ deviceId }) => deviceId)).toEqual([ann.deviceId]);
    expect(await refusalOf(ann, "DELETE", `/me/devices/${tablet.deviceId}`)).toBe("404 NOT_FOUND");
    expect(mine.revoked).toBeUndefined();
  });

  it("end all at once, but for the one that asks", async () => {
    const ann = await at.person("Ann");
    const others = [await ann.login(), await ann.login()] as const;
    const [mine, one, two] = await at.connectAll(ann, ...others);
    expect(await ann.rest("DELETE", "/api/v1/me/devices")).toEqual({ ended: 2 });
    expect(await Promise.all([one, two].map(endOf))).toEqual(["revoked", "revoked"]);
    expect(await mine.ok("sync:pull", { cursor: 0 })).toMatchObject({ head: 0 });
    expect(await ann.rest("DELETE", "/api/v1/me/devices")).toEqual({ ended: 0 });
  });
});

describe("the password", () => {
  it("changes with the old one, and ends all other sessions", async () => {
    const ann = await at.person("Ann");
    const tablet = await ann.login();
    const theirs = await at.connect(tablet);
    expect(await refusalOf(ann, "POST", "/me/password", { newPassword: NEW_PASSWORD })).toBe(
      '403 FORBIDDEN {"password":"required"}',
    );
    expect(await refusalOf(ann, "POST", "/me/password", { password: "wrong one", newPassword: NEW_PASSWORD })).toBe(
      '403 FORBIDDEN {"password":"wrong"}',
    );
    expect(await refusalOf(ann, "POST", "/me/password", { password: PASSWORD, newPassword: "short" })).toMatch(
      "400 BAD_REQUEST",
    );
    expect(theirs.revoked).toBeUndefined();

    expect(await refusalOf(ann, "POST", "/me/password", { password: PASSWORD, newPassword: NEW_PASSWORD })).toBe("200");
    expect(await endOf(theirs)).toBe("revoked");
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: tablet.token })).toBe("401 UNAUTHENTICATED");
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: ann.token })).toBe("200");
    expect((await tryLogin(ann)).outcome).toBe("401 UNAUTHENTICATED");
    expect((await tryLogin(ann, { password: NEW_PASSWORD })).outcome).toBe("200");
  });

  it("is set by one who has none within a quarter of an hour of signing in, and not later", async () => {
    const [fresh, old] = [await withoutPassword(), await withoutPassword()];
    expect(await refusalOf(fresh, "POST", "/me/password", { newPassword: NEW_PASSWORD })).toBe("200");
    expect(await refusalOf(fresh, "POST", "/me/password", { newPassword: NEW_PASSWORD })).toBe(
      '403 FORBIDDEN {"password":"required"}',
    );
    const { userId } = await restOk<{ userId: string }>(at.url, "GET", "/api/v1/me", { token: old.token });
    await at.raw((database) =>
      database.run(`UPDATE device SET signed_in_at = '2020-01-01 00:00:00.000' WHERE user_id = '${userId}'`),
    );
    expect(await refusalOf(old, "POST", "/me/password", { newPassword: NEW_PASSWORD })).toBe(
      '403 FORBIDDEN {"session":"old"}',
    );
  });
});

describe("two-factor", () => {
  it("is off until a code has proved that the app has the secret", async () => {
    const ann = await at.person("Ann");
    expect(await refusalOf(ann, "POST", "/me/totp", {})).toBe('403 FORBIDDEN {"password":"required"}');
    const begun = totpResponse
      .strict()
      .parse(await ann.rest<TotpResponse>("POST", "/api/v1/me/totp", { password: PASSWORD }));
    expect(begun.uri).toContain(`secret=${begun.secret}`);
    expect((await tryLogin(ann)).outcome).toBe("200");
    expect(await refusalOf(ann, "POST", "/me/totp/confirm", { code: codeOf(begun.secret, 5) })).toBe(
      '403 FORBIDDEN {"totp":"wrong"}',
    );
    expect(securityResponse.strict().parse(await securityOf(ann))).toMatchObject({ totp: false, recoveryCodes: 0 });

    const { recoveryCodes } = await ann.rest<RecoveryCodesResponse>("POST", "/api/v1/me/totp/confirm", {
      code: codeOf(begun.secret),
    });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await securityOf(ann)).toMatchObject({ password: true, totp: true, recoveryCodes: 10, oidc: false });
    expect(await refusalOf(ann, "POST", "/me/totp", { password: PASSWORD })).toBe("409 CONFLICT");
  });

  it("asks for a code after a right password only, and takes each once", async () => {
    const ann = await at.person("Ann");
    const { secret, at: now } = await enrol(ann);
    expect((await tryLogin(ann)).outcome).toBe('401 UNAUTHENTICATED {"totp":"required"}');
    expect((await tryLogin(ann, { totp: codeOf(secret, 5) })).outcome).toBe('401 UNAUTHENTICATED {"totp":"wrong"}');
    expect((await tryLogin(ann, { password: "wrong one", totp: codeOf(secret, 0, now) })).outcome).toBe(
      "401 UNAUTHENTICATED",
    );
    // The code that confirmed the secret is used up.
    expect((await tryLogin(ann, { totp: codeOf(secret, -1, now) })).outcome).toBe(
      '401 UNAUTHENTICATED {"totp":"wrong"}',
    );

    const code = codeOf(secret, 0, now);
    const outcomes = await Promise.all([1, 2, 3].map(() => tryLogin(ann, { totp: code })));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      "200",
      '401 UNAUTHENTICATED {"totp":"wrong"}',
      '401 UNAUTHENTICATED {"totp":"wrong"}',
    ]);
    expect((await tryLogin(ann, { totp: codeOf(secret, 1, now) })).outcome).toBe("200");
  });

  it("can be passed with each recovery code once, however it is written", async () => {
    const ann = await at.person("Ann");
    const { recoveryCodes } = await enrol(ann);
    const [first, second] = recoveryCodes as [string, string];
    expect((await tryLogin(ann, { totp: first })).outcome).toBe("200");
    expect((await tryLogin(ann, { totp: first })).outcome).toBe('401 UNAUTHENTICATED {"totp":"wrong"}');
    const otherwise = ` ${second.replaceAll("-", "").toUpperCase()} `;
    expect((await tryLogin(ann, { totp: otherwise })).outcome).toBe("200");
    expect(await securityOf(ann)).toMatchObject({ recoveryCodes: 8 });
  });

  it("gives new recovery codes, and is turned off, for password and code", async () => {
    const ann = await at.person("Ann");
    const { secret, recoveryCodes } = await enrol(ann);
    expect(await refusalOf(ann, "POST", "/me/totp/recovery-codes", { password: PASSWORD })).toBe(
      '403 FORBIDDEN {"totp":"required"}',
    );
    const renewed = await ann.rest<RecoveryCodesResponse>("POST", "/api/v1/me/totp/recovery-codes", {
      password: PASSWORD,
      code: codeOf(secret),
    });
    expect((await tryLogin(ann, { totp: recoveryCodes[0]! })).outcome).toBe('401 UNAUTHENTICATED {"totp":"wrong"}');
    expect((await tryLogin(ann, { totp: renewed.recoveryCodes[0]! })).outcome).toBe("200");

    const proof = { password: PASSWORD, code: renewed.recoveryCodes[1] };
    expect(await refusalOf(ann, "POST", "/me/totp/disable", { ...proof, password: "wrong one" })).toBe(
      '403 FORBIDDEN {"password":"wrong"}',
    );
    expect(await refusalOf(ann, "POST", "/me/totp/disable", proof)).toBe("200");
    expect(await securityOf(ann)).toMatchObject({ totp: false, recoveryCodes: 0 });
    expect((await tryLogin(ann)).outcome).toBe("200");
  });

  it("keeps its secret encrypted and its recovery codes hashed", async () => {
    const ann = await at.person("Ann");
    const { secret, recoveryCodes } = await enrol(ann);
    const rows = await at.raw(async (database) => [
      ...(await database.rows("totp")),
      ...(await database.rows("recovery_code")),
    ]);
    const stored = JSON.stringify(rows);
    expect(stored).toContain(ann.userId);
    expect(stored).not.toContain(secret);
    for (const code of recoveryCodes) expect(stored).not.toContain(code.replaceAll("-", ""));
  });
});
