import type { EpochMs } from "@im-webapp/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import type { Session, SessionStore } from "./ports.ts";
import { type EndSockets, Sessions } from "./sessions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Sessions by device, as the database keeps them. */
class MemorySessionStore implements SessionStore {
  readonly byDevice = new Map<string, { session: Session; tokenHash: string }>();

  start(session: Session, _device: unknown, tokenHash: string): Promise<void> {
    this.byDevice.set(`${session.userId} ${session.deviceId}`, { session, tokenHash });
    return Promise.resolve();
  }

  find(tokenHash: string): Promise<Session | undefined> {
    const found = [...this.byDevice.values()].find((one) => one.tokenHash === tokenHash);
    return Promise.resolve(found?.session);
  }

  current(userId: string, deviceId: string): Promise<Session | undefined> {
    return Promise.resolve(this.byDevice.get(`${userId} ${deviceId}`)?.session);
  }

  end(session: Session): Promise<void> {
    const key = `${session.userId} ${session.deviceId}`;
    if (this.byDevice.get(key)?.session.sessionId === session.sessionId) this.byDevice.delete(key);
    return Promise.resolve();
  }

  seen(): Promise<void> {
    return Promise.resolve();
  }
}

let now: EpochMs;
let store: MemorySessionStore;
let ended: Parameters<EndSockets>[];
let sessions: Sessions;

beforeEach(() => {
  now = 1_000_000;
  store = new MemorySessionStore();
  ended = [];
  sessions = new Sessions(
    store,
    () => now,
    (...call) => ended.push(call),
  );
});

const start = (deviceId: string, userId = "ann") => sessions.start(userId, { deviceId, name: "test" });
const refused = expect.objectContaining({ code: "UNAUTHENTICATED" }) as Error;

describe("a session", () => {
  it("lasts 90 days, to the millisecond", async () => {
    const { token, expiresAt } = await start("phone");
    expect(expiresAt).toBe(now + 90 * DAY_MS);
    now = expiresAt - 1;
    expect(await sessions.authenticate(token)).toMatchObject({ userId: "ann", deviceId: "phone" });
    now = expiresAt;
    await expect(sessions.authenticate(token)).rejects.toThrow(refused);
  });

  it("is known by a token that cannot be guessed and is kept nowhere", async () => {
    const tokens = await Promise.all(Array.from({ length: 100 }, async (_, index) => (await start(`d${index}`)).token));
    expect(new Set(tokens).size).toBe(100);
    const kept = JSON.stringify([...store.byDevice.values()]);
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(kept).not.toContain(token);
    }
  });

  it("takes the place of the device's earlier one, whose sockets close and whose own stay", async () => {
    const first = await start("phone");
    const second = await start("phone");
    await expect(sessions.authenticate(first.token)).rejects.toThrow(refused);
    const session = await sessions.authenticate(second.token);
    expect(ended.at(-1)).toEqual([session, "replaced", session.sessionId]);
  });

  it("that ends closes its sockets and ends no other", async () => {
    const phone = await start("phone");
    const tablet = await start("tablet");
    const others = await start("phone", "bob");
    const session = await sessions.authenticate(phone.token);
    await sessions.end(session);
    expect(ended.at(-1)).toEqual([session, "logout"]);
    await expect(sessions.authenticate(phone.token)).rejects.toThrow(refused);
    await sessions.authenticate(tablet.token);
    await sessions.authenticate(others.token);
  });

  it.each([[undefined], [null], [""], [7], [{}], [["token"]], ["unknown"]])(
    "is nobody's by the token %j",
    async (token) => {
      await start("phone");
      await expect(sessions.authenticate(token)).rejects.toThrow(refused);
    },
  );
});
