import type { Me, PresenceEvent } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { type Person, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { add, remove } from "./group-calls.ts";
import { codeOf, restCodeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** Longer than the grace in which a reconnect is no news, in milliseconds; on a busy machine. */
const GONE_WITHIN_MS = 20_000;

const watch = async (connection: Connection, ...people: readonly Person[]) =>
  (await connection.ok("presence:watch", { userIds: people.map(({ userId }) => userId) })).presence;

/** Waits until the last that was heard of somebody satisfies `test`. */
const hears = (connection: Connection, { userId }: Person, test: (event: PresenceEvent) => boolean) =>
  waitFor(
    () => {
      const last = connection.presence.findLast((event) => event.userId === userId);
      return last && test(last) ? last : undefined;
    },
    { what: "presence", timeoutMs: GONE_WITHIN_MS },
  );

/** Ann and Bob, who have written to each other; Ann is connected. */
async function friends() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const anns = await at.connect(ann);
  const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
  return { ann, bob, anns, conversationId };
}

describe("presence:watch", () => {
  it("tells who is online, who comes and who goes, and when those were last here", async () => {
    const { ann, bob, anns } = await friends();
    expect(await watch(anns, bob, ann)).toEqual([
      { userId: bob.userId, online: false },
      { userId: ann.userId, online: true },
    ]);
    const before = Date.now();
    const [phone, tablet] = await at.connectAll(bob, await bob.login());
    await hears(anns, bob, ({ online }) => online);
    phone.close();
    tablet.close();
    const gone = await hears(anns, bob, ({ online }) => !online);
    expect(gone.lastSeenAt).toBeGreaterThanOrEqual(before);
    expect(gone.lastSeenAt).toBeLessThanOrEqual(Date.now());
    expect(anns.presence.filter(({ userId }) => userId === bob.userId)).toHaveLength(2);
    expect(await watch(anns, bob)).toEqual([gone]);
    expect(anns.presence.some(({ userId }) => userId === ann.userId)).toBe(false);
  });

  it("is not told of a short reconnect, nor of one device of several", async () => {
    const { bob, anns } = await friends();
    const bobs = await at.connect(bob);
    const tablet = await at.connect(await bob.login());
    await watch(anns, bob);
    tablet.close();
    bobs.close();
    await at.connect(bob);
    const cid = await at.person("Cid");
    const { conversationId } = await sendText(anns, { userId: cid.userId }, "hi");
    // Cid comes and goes after that; had Bob gone as well, it would have been told before.
    await anns.ok("presence:watch", { userIds: [bob.userId, cid.userId] });
    const cids = await at.connect(cid);
    await hears(anns, cid, ({ online }) => online);
    await cids.ok("typing:set", { conversationId, typing: true });
    cids.close();
    await hears(anns, cid, ({ online }) => !online);
    expect(anns.presence.filter(({ userId, online }) => userId === bob.userId && !online)).toEqual([]);
  });

  it("counts a socket no more whose device was signed out", async () => {
    const { bob, anns } = await friends();
    await at.connect(bob);
    expect(await watch(anns, bob)).toEqual([{ userId: bob.userId, online: true }]);
    const begun = performance.now();
    await bob.rest("POST", "/api/v1/auth/logout");
    await hears(anns, bob, ({ online }) => !online);
    expect(performance.now() - begun, "without the grace of a reconnect").toBeLessThan(4_000);
  });

  it("shows of those with whom one shares no conversation the same as of those who do not exist", async () => {
    const { ann, bob, anns } = await friends();
    const eve = await at.person("Eve");
    const [eves] = await at.connectAll(eve, bob);
    const ids = [bob.userId, ann.userId, "nobody"];
    expect((await eves.ok("presence:watch", { userIds: ids })).presence).toEqual(
      ids.map((userId) => ({ userId, online: false })),
    );
    await watch(anns, bob);
    await bob.rest("POST", "/api/v1/auth/logout");
    await hears(anns, bob, ({ online }) => !online);
    expect(eves.presence).toEqual([]);
  });

  it("ends with the last conversation that is shared, and comes with the first", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const made = await ann.createGroup("Two", []);
    expect(await watch(bobs, ann)).toEqual([{ userId: ann.userId, online: false }]);
    await add(ann, made, bob);
    expect(await watch(bobs, ann)).toEqual([{ userId: ann.userId, online: true }]);
    await remove(ann, made, bob);
    expect(await watch(bobs, ann)).toEqual([{ userId: ann.userId, online: false }]);
    expect(await watch(anns, bob)).toEqual([{ userId: bob.userId, online: false }]);
  });

  it("replaces the earlier list", async () => {
    const { bob, anns } = await friends();
    const cid = await at.person("Cid");
    await sendText(anns, { userId: cid.userId }, "hi");
    await watch(anns, bob);
    await watch(anns, cid);
    await at.connect(bob);
    await at.connect(cid);
    await hears(anns, cid, ({ online }) => online);
    expect(anns.presence.map(({ userId }) => userId)).not.toContain(bob.userId);
  });

  it("takes up to 500 users", async () => {
    const anns = await at.connect(await at.person("Ann"));
    const userIds = Array.from({ length: 501 }, (_, index) => `user-${index}`);
    expect((await anns.ok("presence:watch", { userIds: userIds.slice(1) })).presence).toHaveLength(500);
    expect(await codeOf(anns, "presence:watch", { userIds })).toBe("BAD_REQUEST");
    for (const payload of [{}, { userIds: "ann" }, { userIds: [1] }, { userIds: [""] }, null]) {
      expect(await codeOf(anns, "presence:watch", payload)).toBe("BAD_REQUEST");
    }
  });
});

describe("hidePresence", () => {
  it("makes one look offline, at once, to those who watch; and hides others' last time in return", async () => {
    const { ann, bob, anns } = await friends();
    const bobs = await at.connect(bob);
    await watch(anns, bob);
    await watch(bobs, ann);
    expect(await bob.rest<Me>("PATCH", "/api/v1/me", { hidePresence: true })).toMatchObject({ hidePresence: true });
    expect(await bob.rest<Me>("GET", "/api/v1/me")).toMatchObject({ userId: bob.userId, hidePresence: true });
    expect(await hears(anns, bob, ({ online }) => !online)).toEqual({ userId: bob.userId, online: false });
    expect(await watch(anns, bob)).toEqual([{ userId: bob.userId, online: false }]);

    // Bob still sees whether Ann is here, but not when she last was.
    anns.close();
    expect(await hears(bobs, ann, ({ online }) => !online)).toEqual({ userId: ann.userId, online: false });
    expect(await watch(bobs, ann)).toEqual([{ userId: ann.userId, online: false }]);

    expect(await bob.rest<Me>("PATCH", "/api/v1/me", { hidePresence: false })).not.toHaveProperty("hidePresence");
    expect(await watch(bobs, ann)).toEqual([
      { userId: ann.userId, online: false, lastSeenAt: expect.any(Number) as number },
    ]);
  });

  it("is nobody else's to see or change", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await ann.rest("PATCH", "/api/v1/me", { hidePresence: true });
    expect(await bob.rest("GET", `/api/v1/users/${ann.userId}`)).not.toHaveProperty("hidePresence");
    expect(await restCodeOf(at.url, "PATCH", "/api/v1/me", { body: { hidePresence: false } })).toBe(
      "401 UNAUTHENTICATED",
    );
    expect(await restCodeOf(at.url, "PATCH", "/api/v1/me", { token: bob.token, body: { hidePresence: "yes" } })).toBe(
      "400 BAD_REQUEST",
    );
  });
});
