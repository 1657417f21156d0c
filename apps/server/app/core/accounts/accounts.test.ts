import type { Me } from "@im-webapp/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { Accounts, type SecondStep } from "./accounts.ts";
import type { AccountStore, NewAccount, PasswordHasher } from "./ports.ts";
import type { Sessions } from "./sessions.ts";

/** Shows what was hashed and verified; slow hashing is argon2's business. */
class PlainHasher implements PasswordHasher {
  readonly verified: string[] = [];

  hash(password: string): Promise<string> {
    return Promise.resolve(`hash of ${password}`);
  }

  verify(hash: string, password: string): Promise<boolean> {
    this.verified.push(hash);
    return Promise.resolve(hash === `hash of ${password}`);
  }
}

class MemoryAccountStore implements AccountStore {
  readonly accounts: NewAccount[] = [];

  create(account: NewAccount): Promise<{ taken?: "username" | "phone" }> {
    if (this.accounts.some(({ usernameKey }) => usernameKey === account.usernameKey)) {
      return Promise.resolve({ taken: "username" });
    }
    if (account.phone !== undefined && this.accounts.some(({ phone }) => phone === account.phone)) {
      return Promise.resolve({ taken: "phone" });
    }
    this.accounts.push(account);
    return Promise.resolve({});
  }

  hasPhone(): Promise<boolean> {
    return Promise.resolve(false);
  }

  findByLogin(usernameKey: string, phone: string | undefined) {
    const found = this.accounts.filter(
      (account) => account.usernameKey === usernameKey || (phone !== undefined && account.phone === phone),
    );
    return Promise.resolve(found.map((account) => ({ me: toMe(account), passwordHash: account.passwordHash })));
  }

  findByKeys(usernameKeys: readonly string[]): Promise<Map<string, string>> {
    const found = this.accounts.filter(({ usernameKey }) => usernameKeys.includes(usernameKey));
    return Promise.resolve(new Map(found.map(({ usernameKey, userId }) => [usernameKey, userId])));
  }

  async createMissing(accounts: readonly NewAccount[]): Promise<Map<string, string>> {
    for (const account of accounts) await this.create(account);
    return this.findByKeys(accounts.map(({ usernameKey }) => usernameKey));
  }

  findCredentials(userId: string) {
    const found = this.accounts.find((account) => account.userId === userId);
    return Promise.resolve(found && { me: toMe(found), passwordHash: found.passwordHash });
  }

  setPassword(userId: string, passwordHash: string): Promise<void> {
    const index = this.accounts.findIndex((account) => account.userId === userId);
    this.accounts[index] = { ...this.accounts[index]!, passwordHash };
    return Promise.resolve();
  }

  isLinked(): Promise<boolean> {
    return Promise.resolve(false);
  }

  findMe(userId: string): Promise<Me | undefined> {
    const found = this.accounts.find((account) => account.userId === userId);
    return Promise.resolve(found && toMe(found));
  }
}

function toMe({ userId, username, displayName, phone }: NewAccount): Me {
  return { userId, username, displayName, ...(phone !== undefined && { phone }) };
}

let store: MemoryAccountStore;
let hasher: PlainHasher;
let started: string[];
let accounts: Accounts;
/** What each user must show besides the password. */
let codes: Map<string, string>;
/** Happens while a session starts. */
let meanwhile: () => Promise<void>;
let ended: unknown[];

beforeEach(() => {
  store = new MemoryAccountStore();
  hasher = new PlainHasher();
  started = [];
  codes = new Map();
  ended = [];
  meanwhile = () => Promise.resolve();
  const sessions = {
    start: async (userId: string) => {
      await meanwhile();
      started.push(userId);
      return { token: "token", expiresAt: 1 };
    },
    authenticate: (token: string) => Promise.resolve({ token }),
    end: (session: unknown) => {
      ended.push(session);
      return Promise.resolve();
    },
  } as unknown as Sessions;
  const secondStep: SecondStep = {
    problemWith(userId, code) {
      const expected = codes.get(userId);
      if (expected === undefined || code === expected) return Promise.resolve(undefined);
      return Promise.resolve(code === undefined ? "required" : "wrong");
    },
  };
  accounts = new Accounts(store, sessions, hasher, () => 1_000, secondStep);
});

const device = { deviceId: "phone", name: "test" };
const register = (more: object = {}) =>
  accounts.register({ username: "Ann", password: "secret words", displayName: "Ann", device, ...more });
const login = (username: string, password = "secret words") => accounts.login({ username, password, device });

describe("an account", () => {
  it("keeps its name as written and compares it without case and width", async () => {
    const { user } = await register({ username: "  Ａnn.Émile " });
    expect(user.username).toBe("Ann.Émile");
    expect(store.accounts[0]).toMatchObject({ usernameKey: "ann.émile", createdAt: 1_000 });
    expect((await login("ANN.ÉMILE")).user).toEqual(user);
    await expect(register({ username: "ann.émile" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("keeps a hash and never the password", async () => {
    const session = await register({ phone: "+86 139-0000-0000" });
    expect(store.accounts[0]).toMatchObject({ passwordHash: "hash of secret words", phone: "+8613900000000" });
    expect(JSON.stringify([session, { ...store.accounts[0], passwordHash: "" }])).not.toContain("secret words");
  });

  it.each([
    ["username", { username: "ANN", phone: "+8613900000001" }],
    ["phone", { username: "Bob", phone: "+86 139 0000 0000" }],
  ])("is refused, and gets no session, when its %s is taken", async (field, more) => {
    await register({ phone: "+8613900000000" });
    await expect(register(more)).rejects.toMatchObject({ code: "CONFLICT", details: { fields: [{ path: field }] } });
    expect([store.accounts.length, started.length]).toEqual([1, 1]);
  });
});

describe("logging in", () => {
  it("by a name that nobody has takes as long as by a wrong password: something is verified", async () => {
    await register();
    const wrong = await login("Ann", "other words").catch((error: unknown) => error);
    const unknown = await login("Nobody", "other words").catch((error: unknown) => error);
    expect(unknown).toEqual(wrong);
    expect(wrong).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(hasher.verified).toHaveLength(2);
    expect(hasher.verified[1]).not.toBe(hasher.verified[0]);
  });

  it("by phone cannot be barred by somebody who takes the number as their name", async () => {
    const { user } = await register({ username: "Ann", phone: "13900000000", password: "words of Ann" });
    await register({ username: "13900000000", password: "words of another" });
    await expect(login("13900000000", "words of Ann")).resolves.toMatchObject({ user: { userId: user.userId } });
    await expect(login("13900000000", "words of another")).resolves.toMatchObject({
      user: { username: "13900000000" },
    });
  });

  it("by a name that nobody has fails whatever the decoy's password is", async () => {
    const decoy = await login("Nobody").then(
      () => "let in",
      () => hasher.verified[0]!.replace("hash of ", ""),
    );
    await expect(login("Nobody", decoy)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(started).toEqual([]);
  });

  it("asks for the second factor after a right password, and tells of it to nobody else", async () => {
    const { user } = await register();
    codes.set(user.userId, "123456");
    started = [];
    const withCode = (totp?: string, password = "secret words") =>
      accounts.login({ username: "Ann", password, device, ...(totp !== undefined && { totp }) });
    await expect(withCode()).rejects.toMatchObject({ code: "UNAUTHENTICATED", details: { totp: "required" } });
    await expect(withCode("654321")).rejects.toMatchObject({ code: "UNAUTHENTICATED", details: { totp: "wrong" } });
    const wrong = await withCode("123456", "other words").catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: "UNAUTHENTICATED", details: undefined });
    expect(started).toEqual([]);
    await expect(withCode("123456")).resolves.toMatchObject({ user });
  });

  it("with a password that is changed at the same moment ends with no session", async () => {
    const { user } = await register();
    meanwhile = () => store.setPassword(user.userId, "hash of new words");
    await expect(login("Ann")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(ended).toEqual([{ token: "token" }]);
  });
});
