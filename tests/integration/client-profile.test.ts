import { MemoryStore } from "@im-webapp/client";
import sharp from "sharp";
import { expect, it } from "vitest";
import { say, until, useClients } from "./client-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();
const clients = useClients(() => at.url);

it("a profile and a portrait come to one's other devices and to those one talks with, also after an absence", async () => {
  const [ann, bob] = await at.people("Ann", "Bob");
  const phone = await clients.signIn(ann);
  const line = await clients.line();
  const tablet = await clients.signIn(ann, line.url);
  const bobs = await clients.signIn(bob);
  const direct = await phone.openDirect(bob.userId);
  await say(phone, direct, "hi");
  await until(bobs, ({ users }) => users.get(ann.userId)?.displayName === "Ann", "Ann at Bob's");
  line.cut();
  await until(tablet, ({ connection }) => connection.status === "reconnecting", "the loss");

  await phone.account.updateProfile({
    displayName: "Anna",
    gender: "female",
    description: "hello",
    findableByPhone: false,
  });
  expect(phone.getState().me).toMatchObject({ displayName: "Anna", gender: "female", findableByPhone: false });
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#0af" } })
    .png()
    .toBuffer();
  const { avatar } = await phone.account.setAvatar(new Blob([new Uint8Array(png)], { type: "image/png" }));
  expect(avatar).toMatch(/^\/api\/v1\/portraits\//);

  const seen = {
    userId: ann.userId,
    username: ann.username,
    displayName: "Anna",
    gender: "female",
    description: "hello",
    avatar,
  };
  await until(bobs, ({ users }) => users.get(ann.userId)?.avatar === avatar, "the portrait at Bob's");
  expect(bobs.getState().users.get(ann.userId)).toEqual(seen);
  expect(bobs.getState().conversations[0]?.title).toBe("Anna");

  line.mend();
  tablet.reconnectNow();
  await until(tablet, ({ me }) => me?.avatar === avatar && me?.findableByPhone === false, "the change at the tablet");
  expect(tablet.getState().me).toEqual({ ...seen, findableByPhone: false });

  await tablet.account.removeAvatar();
  await tablet.account.updateProfile({ gender: null, description: "", findableByPhone: true });
  await until(phone, ({ me }) => me?.avatar === undefined && me?.gender === undefined, "what was taken away");
  expect(phone.getState().me).toEqual({ userId: ann.userId, username: ann.username, displayName: "Anna" });
  await until(bobs, ({ users }) => users.get(ann.userId)?.gender === undefined, "what was taken away, at Bob's");
});

it("is kept for the next start of the program, and is asked anew of somebody whom one has not met", async () => {
  const [ann, stranger] = await at.people("Ann", "Eve");
  const store = new MemoryStore();
  const first = await clients.signIn(ann, undefined, store);
  await first.account.updateProfile({ description: "kept" });
  await first.loadUsers([stranger.userId]);
  await stranger.rest("PATCH", "/api/v1/me", { displayName: "Eva" });
  expect(first.getState().users.get(stranger.userId)?.displayName).toBe("Eve");
  await first.account.refresh(stranger.userId);
  expect(first.getState().users.get(stranger.userId)?.displayName).toBe("Eva");
  await expect(first.account.refresh("nobody")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await first.close();
  const second = await clients.start(undefined, store);
  expect(second.getState().me).toMatchObject({ description: "kept" });
});
