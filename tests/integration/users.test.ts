import { randomUUID } from "node:crypto";
import { type SessionResponse, type UsersResponse, me, user, usersResponse } from "@im-webapp/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { Person } from "../support/people.ts";
import { restOk } from "../support/rest.ts";
import { restCodeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

let asker: Person;

beforeAll(async () => {
  asker = await Person.register(at.url, "Asker");
});

async function register(fields: { username: string; displayName: string; phone?: string }): Promise<string> {
  const device = { deviceId: randomUUID(), name: "test" };
  const body = { password: "correct horse battery", device, ...fields };
  return (await restOk<SessionResponse>(at.url, "POST", "/api/v1/auth/register", { body })).user.userId;
}

async function find(query: string, more = ""): Promise<UsersResponse> {
  const path = `/api/v1/users?query=${encodeURIComponent(query)}${more}`;
  return usersResponse.strict().parse(await asker.rest("GET", path));
}

const foundIds = async (query: string) => (await find(query)).users.map(({ userId }) => userId).toSorted();

describe("finding people", () => {
  it("goes by the start of either name, without regard to case, in any script", async () => {
    const [liu, lin, other] = await Promise.all([
      register({ username: "liuyang", displayName: "刘洋 Liu Yang" }),
      register({ username: "Lin.Dan", displayName: "林丹" }),
      register({ username: "other", displayName: "Liu Other" }),
    ]);
    expect(await foundIds("li")).toEqual([lin, liu, other].toSorted());
    expect(await foundIds("LIU")).toEqual([liu, other].toSorted());
    expect(await foundIds("lin.d")).toEqual([lin]);
    expect(await foundIds("刘")).toEqual([liu]);
    expect(await foundIds("  林丹 ")).toEqual([lin]);
    expect(await foundIds("yang")).toEqual([]);
    expect(await foundIds("洋")).toEqual([]);
  });

  it("goes by a whole phone number, however it is written, and never by a part of one", async () => {
    const phone = `+86138${String(Math.random()).slice(2, 10)}`;
    const owner = await register({ username: "phone-owner", displayName: "Owner", phone });
    expect(await foundIds(phone)).toEqual([owner]);
    expect(await foundIds(`${phone.slice(0, 3)} ${phone.slice(3, 6)}-${phone.slice(6)}`)).toEqual([owner]);
    expect(await foundIds(phone.slice(0, -1))).toEqual([]);
    expect(JSON.stringify(await find("phone-owner")), "a phone is its owner's own affair").not.toContain(phone);
  });

  it("comes in pages of any size", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, index) => register({ username: `paged${index}`, displayName: "Paged" })),
    );
    for (const limit of [1, 2, 4, 5, 6]) {
      const found: string[] = [];
      let page = "";
      do {
        const answer = await find("paged", `&limit=${limit}${page}`);
        expect(answer.users.length).toBeGreaterThan(0);
        found.push(...answer.users.map(({ userId }) => userId));
        page = answer.more ? `&page=${answer.page ?? ""}` : "";
      } while (page !== "");
      expect(found).toEqual(ids.toSorted());
    }
  });

  it("needs something to go by", async () => {
    const { token } = asker;
    for (const query of ["", "?query=", "?query=%20", "?query=a&limit=0", "?query=a&page=x"]) {
      expect([query, await restCodeOf(at.url, "GET", `/api/v1/users${query}`, { token })]).toEqual([
        query,
        "400 BAD_REQUEST",
      ]);
    }
  });
});

describe("people by id", () => {
  it("are given alone or many at once; those who do not exist are not", async () => {
    const bob = await at.person("Bob");
    const one = await asker.rest("GET", `/api/v1/users/${bob.userId}`);
    expect(user.strict().parse(one)).toMatchObject({ userId: bob.userId, username: bob.username, displayName: "Bob" });
    const userIds = [bob.userId, "nobody", asker.userId, bob.userId];
    const { users } = usersResponse.strict().parse(await asker.rest("POST", "/api/v1/users/lookup", { userIds }));
    expect(users).toHaveLength(2);
    expect(users).toContainEqual(one);
    expect(await asker.rest("POST", "/api/v1/users/lookup", { userIds: [] })).toEqual({ users: [], more: false });
    expect(await restCodeOf(at.url, "GET", "/api/v1/users/nobody", { token: asker.token })).toBe("404 NOT_FOUND");
  });

  it("are not given by the thousand", async () => {
    const body = { userIds: Array.from({ length: 501 }, (_, index) => `u${index}`) };
    const code = await restCodeOf(at.url, "POST", "/api/v1/users/lookup", { token: asker.token, body });
    expect(code).toBe("400 BAD_REQUEST");
  });

  it("show oneself a little more", async () => {
    const phone = `+86137${String(Math.random()).slice(2, 10)}`;
    const device = { deviceId: randomUUID(), name: "test" };
    const body = {
      username: `me-${randomUUID().slice(0, 8)}`,
      password: "secret words",
      displayName: "Me",
      phone,
      device,
    };
    const session = await restOk<SessionResponse>(at.url, "POST", "/api/v1/auth/register", { body });
    const mine = await restOk(at.url, "GET", "/api/v1/me", { token: session.token });
    expect(me.strict().parse(mine)).toMatchObject({ phone });
    expect(user.strict().parse(await asker.rest("GET", `/api/v1/users/${session.user.userId}`))).not.toHaveProperty(
      "phone",
    );
  });
});
