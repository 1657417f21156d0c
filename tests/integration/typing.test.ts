import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { remove } from "./group-calls.ts";
import { codeOf, useServer, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const heard = (connection: Connection, count: number) =>
  waitFor(() => (connection.typing.length >= count ? connection.typing : undefined), { what: "typing" });

/** Whatever was on its way before has arrived once this has: pushes of one node keep their order. */
async function barrier(from: Connection, to: Connection, target: { groupId: string } | { userId: string }) {
  const text = `barrier ${Math.random()}`;
  await sendText(from, target, text);
  await to.pushedText(text);
}

describe("typing:set", () => {
  it("tells the other one, on every device, and not one's own", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, annsOther, bobs] = await at.connectAll(ann, await ann.login(), bob);
    const bobsOther = await at.connect(await bob.login());
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
    const head = (await pullAll(bobs)).length;
    expect(await anns.ok("typing:set", { conversationId, typing: true })).toEqual({});
    await anns.ok("typing:set", { conversationId, typing: false });
    for (const device of [bobs, bobsOther]) {
      expect(await heard(device, 2)).toEqual([
        { conversationId, userId: ann.userId, typing: true },
        { conversationId, userId: ann.userId, typing: false },
      ]);
    }
    expect(await pullAll(bobs), "and it is in nobody's timeline").toHaveLength(head);
    await barrier(bobs, annsOther, { userId: ann.userId });
    expect(annsOther.typing).toEqual([]);
  });

  it("keeps the order in which one socket sent it", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
    const sent = Array.from({ length: 20 }, (_, index) => index % 2 === 0);
    await Promise.all(sent.map((typing) => anns.ok("typing:set", { conversationId, typing })));
    expect((await heard(bobs, sent.length)).map(({ typing }) => typing)).toEqual(sent);
  });

  it("is for members alone: others do not hear, and may not say", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const [anns, bobs, cids, eves] = await at.connectAll(ann, bob, cid, eve);
    const made = await ann.createGroup("Team", [bob, cid]);
    const { conversationId, groupId } = made;
    await anns.ok("typing:set", { conversationId, typing: true });
    await Promise.all([heard(bobs, 1), heard(cids, 1)]);
    await remove(ann, made, cid);
    await anns.ok("typing:set", { conversationId, typing: false });
    await heard(bobs, 2);
    await barrier(anns, bobs, { groupId });
    expect(cids.typing).toHaveLength(1);
    expect(eves.typing).toEqual([]);
    expect(await codeOf(cids, "typing:set", { conversationId, typing: true })).toBe("NOT_MEMBER");
    expect(await codeOf(eves, "typing:set", { conversationId, typing: true })).toBe("NOT_FOUND");
    expect(await codeOf(eves, "typing:set", { conversationId: "nowhere", typing: true })).toBe("NOT_FOUND");
    await barrier(anns, bobs, { groupId });
    expect(bobs.typing).toHaveLength(2);
  });

  it.each([[{}], [{ conversationId: "c" }], [{ conversationId: "c", typing: "yes" }], [{ typing: true }], [null]])(
    "refuses %j",
    async (payload) => {
      const anns = await at.connect(await at.person("Ann"));
      expect(await codeOf(anns, "typing:set", payload)).toBe("BAD_REQUEST");
    },
  );

  it("is taken in a group above limits.receiptMembers, and told to nobody", async () => {
    const ann = await at.person("Ann");
    const anns = await at.connect(ann);
    const others = await Promise.all(
      Array.from({ length: anns.ready.limits.receiptMembers }, (_, index) => at.person(`Member ${index}`)),
    );
    const bob = others[0];
    if (!bob) throw new Error("a member");
    const bobs = await at.connect(bob);
    const { conversationId, groupId } = await ann.createGroup("Many", others);
    expect(await anns.ok("typing:set", { conversationId, typing: true })).toEqual({});
    await barrier(anns, bobs, { groupId });
    expect(bobs.typing).toEqual([]);
  });

  it("ends with the session", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const bobsTablet = await bob.login();
    const tablet = await at.connect(bobsTablet);
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
    await bobsTablet.rest("POST", "/api/v1/auth/logout");
    await waitFor(() => tablet.socket.disconnected, { what: "the end of the socket" });
    await anns.ok("typing:set", { conversationId, typing: true });
    await heard(bobs, 1);
    expect(tablet.typing).toEqual([]);
  });
});

describe("with limits on", () => {
  const limited = useServer({ env: { RATE_LIMIT: "on" } });

  it("one user may say so only so often, and still send", async () => {
    const [ann, bob] = await limited.people("Ann", "Bob");
    const anns = await limited.connect(ann);
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
    const codes = await Promise.all(
      Array.from({ length: 30 }, () => codeOf(anns, "typing:set", { conversationId, typing: true })),
    );
    expect(new Set(codes)).toEqual(new Set(["ok", "RATE_LIMITED"]));
    await sendText(anns, { conversationId }, "still here");
    const watched = await Promise.all(
      Array.from({ length: 40 }, () => codeOf(anns, "presence:watch", { userIds: [] })),
    );
    expect(new Set(watched)).toEqual(new Set(["ok", "RATE_LIMITED"]));
  });
});
