import { randomUUID } from "node:crypto";
import type { Me } from "@im-webapp/protocol";
import sharp from "sharp";
import { as } from "../scene.ts";
import { type Row, all, anybody, everybody, noSession } from "../table.ts";

const device = { deviceId: "a-device", name: "test" };

const portrait = () =>
  sharp({ create: { width: 16, height: 16, channels: 3, background: "#0a0" } })
    .png()
    .toBuffer();

/** Accounts, the signed-in user, and people. */
export const accountRows: readonly Row[] = [
  {
    route: "POST /api/v1/auth/register",
    expected: anybody,
    request: () => ({
      body: { username: `new-${randomUUID().slice(0, 12)}`, password: "correct horse", displayName: "New", device },
    }),
  },
  {
    route: "POST /api/v1/auth/login",
    when: "without the password",
    expected: noSession,
    request: ({ owner }) => ({ body: { username: owner.username, password: "a guess at it", device } }),
  },
  { route: "POST /api/v1/auth/logout", expected: everybody, request: () => ({ body: {} }) },
  { route: "GET /api/v1/me", expected: everybody, request: () => ({}) },
  { route: "PATCH /api/v1/me", expected: everybody, request: () => ({ body: { hidePresence: true } }) },
  {
    route: "PUT /api/v1/me/avatar",
    when: "without an image",
    expected: all("BAD_REQUEST"),
    request: () => ({}),
  },
  { route: "PUT /api/v1/me/avatar", expected: everybody, request: async () => ({ body: await portrait() }) },
  { route: "DELETE /api/v1/me/avatar", expected: everybody, request: () => ({}) },
  {
    route: "GET /api/v1/portraits/:portraitId",
    when: "which is none",
    expected: { ...all("NOT_FOUND"), revoked: "NOT_FOUND" },
    request: () => ({ params: { portraitId: "nothing" } }),
  },
  {
    route: "GET /api/v1/portraits/:portraitId",
    when: "whose address is all that it takes",
    expected: anybody,
    request: async (scene) => {
      const { avatar = "" } = await as<Me>(scene, scene.stranger, "PUT", "/api/v1/me/avatar", await portrait());
      return { params: { portraitId: avatar.slice(avatar.lastIndexOf("/") + 1) } };
    },
  },
  { route: "GET /api/v1/me/push", expected: everybody, request: () => ({}) },
  { route: "DELETE /api/v1/me/push", expected: everybody, request: () => ({}) },
  {
    route: "PUT /api/v1/me/push",
    expected: everybody,
    request: () => ({
      body: {
        endpoint: "https://web.push.apple.com/a-device",
        keys: { p256dh: "A".repeat(87), auth: "A".repeat(22) },
      },
    }),
  },
  {
    route: "PUT /api/v1/me/push",
    when: "at a host of their choice",
    expected: all("FORBIDDEN"),
    request: () => ({
      body: { endpoint: "https://127.0.0.1/internal", keys: { p256dh: "A".repeat(87), auth: "A".repeat(22) } },
    }),
  },
  { route: "GET /api/v1/me/mail", expected: everybody, request: () => ({}) },
  { route: "DELETE /api/v1/me/mail", expected: everybody, request: () => ({}) },
  {
    route: "PUT /api/v1/me/mail",
    when: "of a server that sends no mail",
    expected: all("FORBIDDEN"),
    request: () => ({ body: { address: "somebody@example.com" } }),
  },
  {
    route: "POST /api/v1/me/mail/confirm",
    when: "without a code that was sent",
    expected: all("FORBIDDEN"),
    request: () => ({ body: { code: "123456" } }),
  },
  {
    route: "GET /api/v1/mail/unsubscribe/:token",
    when: "with a token that is none",
    expected: { ...all("NOT_FOUND"), revoked: "NOT_FOUND" },
    request: () => ({ params: { token: "nothing.at-all" } }),
  },
  {
    route: "POST /api/v1/mail/unsubscribe/:token",
    when: "with a token that is none",
    expected: { ...all("NOT_FOUND"), revoked: "NOT_FOUND" },
    request: () => ({ params: { token: "nothing.at-all" }, body: {} }),
  },
  { route: "GET /api/v1/users", expected: everybody, request: () => ({ query: "query=a" }) },
  {
    route: "POST /api/v1/users/lookup",
    expected: everybody,
    request: ({ stranger }) => ({ body: { userIds: [stranger.userId] } }),
  },
  {
    route: "GET /api/v1/users/:userId",
    expected: everybody,
    request: ({ stranger }) => ({ params: { userId: stranger.userId } }),
  },
];
