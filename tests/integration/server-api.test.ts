import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { Connection } from "../support/connection.ts";
import { PASSWORD, bootstrapAll, historyAll } from "../support/people.ts";
import { rest, restOk, wireErrorOf } from "../support/rest.ts";
import type { Server } from "../support/server.ts";
import { waitFor } from "../support/wait-for.ts";
import { restCodeOf, textOf, useServer } from "./one-server.ts";
import { serverApi } from "./server-calls.ts";

const SERVER_KEY = "a-key/of+the=tests";

const at = useServer({ env: { SERVER_KEY, FANOUT_MAX_MEMBERS: "600" } });

const api = () => serverApi(at.url, SERVER_KEY);
const open: Connection[] = [];
afterAll(() => {
  for (const connection of open) connection.close();
});

async function connect(token: string): Promise<Connection> {
  const connection = await Connection.open(at.url, token);
  open.push(connection);
  return connection;
}

interface User {
  readonly userId: string;
  readonly token: string;
}

let made = 0;
/** New users, with a token each. */
async function users(count: number): Promise<[User, ...User[]]> {
  made += 1;
  const names = Array.from({ length: count }, (_, index) => `user-${made}-${index}`);
  const created = (await api().createUsers(names)).users;
  const { tokens } = await api().createTokens(created.map(({ userId }) => ({ userId, deviceId: "phone" })));
  return created.map(({ userId }, index) => ({ userId, token: tokens[index]!.token })) as [User, ...User[]];
}

const text = (words: string) => ({ kind: "text", text: words });

const bodies = {
  users: { users: [{ username: "somebody", displayName: "Somebody" }] },
  tokens: { tokens: [{ userId: "u", device: { deviceId: "d", name: "n" } }] },
  groups: { name: "G", ownerId: "u", memberIds: [] },
  "groups/g/members": { userIds: ["u"] },
  messages: { messages: [{ clientMessageId: randomUUID(), from: "system", to: { userId: "u" }, content: text("?") }] },
};

describe("the key", () => {
  it("opens every call; without it, or with another one, or with a user's token, none", async () => {
    const [{ token }] = await users(1);
    for (const [path, body] of Object.entries(bodies)) {
      for (const wrong of [undefined, `${SERVER_KEY}!`, SERVER_KEY.slice(1), token]) {
        const options = { body, ...(wrong !== undefined && { token: wrong }) };
        expect(await restCodeOf(at.url, "POST", `/api/v1/server/${path}`, options)).toBe("401 UNAUTHENTICATED");
      }
    }
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token: SERVER_KEY })).toBe("401 UNAUTHENTICATED");
    await expect(Connection.open(at.url, SERVER_KEY)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("that is not configured leaves nothing there", async () => {
    let other: Server | undefined;
    try {
      other = await at.backing.start();
      for (const [path, body] of Object.entries(bodies)) {
        for (const token of [SERVER_KEY, "undefined", ""]) {
          expect(await restCodeOf(other.url, "POST", `/api/v1/server/${path}`, { token, body })).toBe("404 NOT_FOUND");
        }
      }
    } finally {
      await other?.stop();
    }
  });
});

describe("users", () => {
  it("are made once by their name, however it is written, within a call and between calls", async () => {
    const first = await api().createUsers(["Éva", "Bob.Builder", "ÉVA"]);
    expect(first.users.map(({ username, created }) => [username, created])).toEqual([
      ["Éva", true],
      ["Bob.Builder", true],
      ["ÉVA", false],
    ]);
    expect(first.users[2]?.userId).toBe(first.users[0]?.userId);
    const again = await api().createUsers(["éva", "bob.builder", "new-one"]);
    expect(again.users.map(({ created }) => created)).toEqual([false, false, true]);
    expect(again.users.slice(0, 2).map(({ userId }) => userId)).toEqual(first.users.slice(0, 2).map((u) => u.userId));
    const both = await Promise.all([api().createUsers(["twin", "other"]), api().createUsers(["other", "twin"])]);
    expect(both[0].users.map(({ userId }) => userId)).toEqual(both[1].users.map(({ userId }) => userId).toReversed());
    expect(both.flatMap((answer) => answer.users).filter(({ created }) => created)).toHaveLength(2);
  });

  it("come up to a thousand at a time, and no more", async () => {
    const names = Array.from({ length: 1_001 }, (_, index) => `many-${index}`);
    const { users: created } = await api().createUsers(names.slice(0, 1_000));
    expect(new Set(created.map(({ userId }) => userId)).size).toBe(1_000);
    const body = (list: string[]) => ({ users: list.map((username) => ({ username, displayName: "X" })) });
    for (const list of [[], names, ["no spaces allowed"]]) {
      const options = { token: SERVER_KEY, body: body(list) };
      expect(await restCodeOf(at.url, "POST", "/api/v1/server/users", options)).toBe("400 BAD_REQUEST");
    }
  });

  it("sign in with a password if they were given one; a taken phone refuses all", async () => {
    const post = (list: object[]) =>
      restCodeOf(at.url, "POST", "/api/v1/server/users", { token: SERVER_KEY, body: { users: list } });
    const phone = "+8613900000042";
    expect(await post([{ username: "with-password", displayName: "W", phone, password: PASSWORD }])).toBe("200");
    const login = (username: string) =>
      restCodeOf(at.url, "POST", "/api/v1/auth/login", {
        body: { username, password: PASSWORD, device: { deviceId: "d", name: "n" } },
      });
    expect([await login("with-password"), await login(phone)]).toEqual(["200", "200"]);
    const taken = [
      { username: "innocent", displayName: "I" },
      { username: "thief", displayName: "T", phone },
    ];
    expect(await post(taken)).toBe("409 CONFLICT");
    expect((await api().createUsers(["innocent", "thief"])).users.map(({ created }) => created)).toEqual([true, true]);
    expect(await login("innocent")).toBe("401 UNAUTHENTICATED");
  });
});

describe("tokens", () => {
  it("are sessions; another one for the same device ends the earlier, and no other device's", async () => {
    const [{ userId, token }] = await users(1);
    const { tokens: others } = await api().createTokens([{ userId, deviceId: "tablet" }]);
    const [phone, tablet] = [await connect(token), await connect(others[0]!.token)];
    expect([phone.ready.userId, phone.ready.deviceId, tablet.ready.deviceId]).toEqual([userId, "phone", "tablet"]);
    const { tokens: next } = await api().createTokens([{ userId, deviceId: "phone" }]);
    expect(next[0]).toMatchObject({ userId });
    expect(next[0]!.expiresAt).toBeGreaterThan(Date.now());
    await waitFor(() => phone.socket.disconnected, { what: "the end of the earlier session" });
    expect(phone.revoked).toEqual({ reason: "replaced" });
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token })).toBe("401 UNAUTHENTICATED");
    expect((await connect(next[0]!.token)).ready.userId).toBe(userId);
    expect(tablet.socket.connected).toBe(true);
    expect(await restOk(at.url, "GET", "/api/v1/me", { token: next[0]!.token })).toMatchObject({ userId });
  });

  it("are given to all or to none, and only to users that exist", async () => {
    const [{ userId, token }] = await users(1);
    const body = {
      tokens: [userId, "nobody"].map((id) => ({ userId: id, device: { deviceId: "phone", name: "test" } })),
    };
    const answer = await rest(at.url, "POST", "/api/v1/server/tokens", { token: SERVER_KEY, body });
    expect([answer.status, wireErrorOf(answer.body)]).toMatchObject([
      404,
      { code: "NOT_FOUND", details: { userIds: ["nobody"] } },
    ]);
    expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token })).toBe("200");
  });
});

describe("groups", () => {
  it("take members in pages, each said once, up to sizes that no single call of a user may name", async () => {
    const [owner, ...others] = await users(1_000);
    const ids = others.map(({ userId }) => userId);
    const { groupId, conversationId } = await api().createGroup("Town", owner.userId, [
      owner.userId,
      ...ids.slice(0, 700),
    ]);
    await api().addMembers(groupId, ids.slice(600));
    expect(await restOk(at.url, "GET", `/api/v1/groups/${groupId}`, { token: owner.token })).toMatchObject({
      name: "Town",
      ownerId: owner.userId,
      memberCount: 1_000,
    });
    const owners = await connect(owner.token);
    const said = (await historyAll(owners, conversationId)).map(({ content }) =>
      content.kind === "system" && "userIds" in content ? [content.event, content.by, content.userIds.length] : [],
    );
    expect(said).toEqual([
      ["group.created", owner.userId, 500],
      ["member.added", "system", 200],
      ["member.added", "system", 299],
    ]);
    // Crossed the threshold of 600 on the way: the last one knows it as large, too.
    const { conversations } = await bootstrapAll(await connect(others.at(-1)!.token));
    expect(conversations).toMatchObject([{ conversationId, large: true, lastSeq: 3, readSeq: 2 }]);
  });

  it("are refused for an owner or members who do not exist, and nobody can be added to none", async () => {
    const [{ userId }] = await users(1);
    const post = (path: string, body: object) =>
      restCodeOf(at.url, "POST", `/api/v1/server/${path}`, { token: SERVER_KEY, body });
    expect(await post("groups", { name: "G", ownerId: "nobody", memberIds: [userId] })).toBe("404 NOT_FOUND");
    expect(await post("groups", { name: "G", ownerId: userId, memberIds: ["nobody"] })).toBe("404 NOT_FOUND");
    expect(await post("groups/nowhere/members", { userIds: [userId] })).toBe("404 NOT_FOUND");
    expect(await post("groups", { name: "", ownerId: userId, memberIds: [] })).toBe("400 BAD_REQUEST");
  });
});

describe("messages", () => {
  it("take effect in their order, each with its own answer, and one that is wrong leaves the others", async () => {
    const [ann, bob] = (await users(2)) as [User, User];
    const to = { userId: bob.userId };
    const from = ann.userId;
    const twice = randomUUID();
    const { results } = await api().send([
      { from, to, content: text("1") },
      { from, to, content: text("") },
      { from, to: { userId: "nobody" }, content: text("?") },
      { from, to, content: text("2"), clientMessageId: twice },
      { from, to: { groupId: "nowhere" }, content: text("?") },
      { from: "nobody", to, content: text("?") },
      { from: "system", to: { userId: "nobody" }, content: text("?") },
      { from, to, content: text("3") },
      { from, to, content: text("2"), clientMessageId: twice },
    ]);
    const shown = results.map((result) =>
      "error" in result
        ? result.error.code
        : "seq" in result
          ? `${result.seq}${result.duplicate ? " again" : ""}`
          : "?",
    );
    expect(shown).toEqual([
      "1",
      "BAD_REQUEST",
      "NOT_FOUND",
      "2",
      "NOT_FOUND",
      "NOT_FOUND",
      "NOT_FOUND",
      "3",
      "2 again",
    ]);
    const bobs = await connect(bob.token);
    const { conversations } = await bootstrapAll(bobs);
    expect((await historyAll(bobs, conversations[0]!.conversationId)).map(textOf)).toEqual(["1", "2", "3"]);
  });

  it("come up to 500 at a time", async () => {
    const [ann, bob] = (await users(2)) as [User, User];
    const items = Array.from({ length: 500 }, (_, n) => ({
      from: ann.userId,
      to: { userId: bob.userId },
      content: text(`${n}`),
    }));
    const { results } = await api().send(items);
    expect(results.map((result) => ("seq" in result ? result.seq : 0))).toEqual(items.map((_, index) => index + 1));
    const messages = [...items, items[0]].map((item) => ({ clientMessageId: randomUUID(), ...item }));
    const post = (list: unknown[]) =>
      restCodeOf(at.url, "POST", "/api/v1/server/messages", { token: SERVER_KEY, body: { messages: list } });
    expect([await post(messages), await post([]), await post([7])]).toEqual(Array(3).fill("400 BAD_REQUEST"));
  });
});
