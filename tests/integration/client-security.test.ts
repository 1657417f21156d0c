import { MemoryStore } from "@im-webapp/client";
import { expect, it } from "vitest";
import { codeOf } from "../support/authenticator.ts";
import { PASSWORD } from "../support/people.ts";
import { online, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();
const clients = useClients(() => at.url);

it("a program that is revoked from another ends signed out, with nothing left on its device", async () => {
  const ann = await at.person("Ann");
  const store = new MemoryStore();
  const mine = await clients.signIn(ann);
  const lost = await clients.signIn(ann, at.url, store);
  const devices = await mine.security.devices();
  const theirs = devices.find(({ deviceId, current }) => !current && deviceId !== ann.deviceId);
  if (!theirs) throw new Error("the other program is not listed");
  expect((await mine.security.renameDevice(theirs.deviceId, "lost")).name).toBe("lost");
  await mine.security.revokeDevice(theirs.deviceId);

  await until(lost, ({ connection }) => connection.status === "signedOut", "the end of the revoked session");
  expect(lost.getState()).toMatchObject({ me: null, connection: { error: { details: { reason: "revoked" } } } });
  expect(await store.loadSession()).toBeNull();
  expect(await mine.security.revokeOtherDevices()).toBe(1);
  await online(mine);
});

it("a mistyped password ends nothing; two-factor asks at the next sign-in, and takes a code", async () => {
  const ann = await at.person("Ann");
  const client = await clients.signIn(ann);
  await expect(client.security.beginTotp({ password: "wrong one" })).rejects.toMatchObject({
    code: "FORBIDDEN",
    details: { password: "wrong" },
  });
  const { secret } = await client.security.beginTotp({ password: PASSWORD });
  expect(await client.security.confirmTotp(codeOf(secret, -1))).toHaveLength(10);
  expect(await client.security.get()).toMatchObject({ totp: true });
  await online(client);

  const other = await clients.start();
  const proof = { username: ann.username, password: PASSWORD };
  await expect(other.login(proof)).rejects.toMatchObject({ code: "UNAUTHENTICATED", details: { totp: "required" } });
  await other.login({ ...proof, totp: codeOf(secret) });
  await online(other);
});

it("an account that is deleted signs its own program out", async () => {
  const client = await clients.signIn(await at.person("Ann"));
  await client.security.deleteAccount({ password: PASSWORD });
  await until(client, ({ me }) => me === null, "the end of the session");
});
