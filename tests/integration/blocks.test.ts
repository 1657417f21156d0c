import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Person, historyAll, pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { befriend, block, foldPeople, listAll, unblock } from "./contact-calls.ts";
import { codeOf, restCodeOf, textOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

/** Two people who talk, with a socket each. */
async function talking() {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
  await sendText(bobs, { conversationId }, "hello Ann");
  return { ann, bob, anns, bobs, conversationId };
}

const send = (to: object) => ({ clientMessageId: randomUUID(), to, content: { kind: "text", text: "blocked" } });

describe("whoever is blocked", () => {
  it("writes to them in vain, whichever way the message is addressed, and nothing is stored", async () => {
    const { ann, bob, anns, bobs, conversationId } = await talking();
    await block(bob, ann);
    expect(await codeOf(anns, "message:send", send({ userId: bob.userId }))).toBe("BLOCKED");
    expect(await codeOf(anns, "message:send", send({ conversationId }))).toBe("BLOCKED");
    expect((await historyAll(bobs, conversationId)).map(textOf)).toEqual(["hello", "hello Ann"]);
    await sendText(bobs, { conversationId }, "I may");
    await unblock(bob, ann);
    await sendText(anns, { conversationId }, "thanks");
    expect((await historyAll(anns, conversationId)).map(textOf)).toEqual(["hello", "hello Ann", "I may", "thanks"]);
  });

  it("before the first message as well, and no conversation comes of it", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const anns = await at.connect(ann);
    await block(bob, ann);
    expect(await codeOf(anns, "message:send", send({ userId: bob.userId }))).toBe("BLOCKED");
    expect(await pullAll(anns)).toEqual([]);
  });

  it("still learns what was accepted before, edits and reacts in vain, and may recall", async () => {
    const { ann, bob, anns, conversationId } = await talking();
    const first = send({ conversationId });
    const { seq } = await anns.ok("message:send", first as never);
    await block(bob, ann);
    expect(await anns.ok("message:send", first as never)).toMatchObject({ seq, duplicate: true });
    const edit = { conversationId, seq, content: { kind: "text", text: "otherwise" } };
    expect(await codeOf(anns, "message:edit", edit)).toBe("BLOCKED");
    expect(await codeOf(anns, "message:react", { conversationId, seq: 2, emoji: "👍", on: true })).toBe("BLOCKED");
    expect(await codeOf(anns, "message:recall", { conversationId, seq })).toBe("ok");
  });

  it("is not seen to write, and sees them offline", async () => {
    const { ann, bob, anns, bobs, conversationId } = await talking();
    const watched = await anns.ok("presence:watch", { userIds: [bob.userId] });
    expect(watched.presence).toEqual([{ userId: bob.userId, online: true }]);
    await block(bob, ann);
    await waitFor(() => anns.presence.some(({ userId, online }) => userId === bob.userId && !online), {
      what: "news of the presence",
    });
    expect(await anns.ok("presence:watch", { userIds: [bob.userId] })).toEqual({
      presence: [{ userId: bob.userId, online: false }],
    });
    expect(await anns.ok("typing:set", { conversationId, typing: true })).toEqual({});
    expect((await bobs.ok("presence:watch", { userIds: [ann.userId] })).presence).toMatchObject([{ online: true }]);
    await unblock(bob, ann);
    await waitFor(() => anns.presence.at(-1)?.online === true, { what: "news of the presence" });
    await anns.ok("typing:set", { conversationId, typing: true });
    await waitFor(() => bobs.typing.length > 0, { what: "typing" });
    expect(bobs.typing).toHaveLength(1);
  });

  it("sees of them what a stranger shows: card, search, presence, and the answer to an application", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Nobody special", "Nobody special");
    const [anns] = await at.connectAll(ann, bob, cid);
    await block(bob, ann);
    /** What Ann gets to see of somebody, without what tells people apart. */
    const seen = async (other: Person) => {
      const apply = { type: "friend", target: other.userId, description: "hello" };
      const all = {
        card: await ann.rest("GET", `/api/v1/users/${other.userId}`),
        found: await ann.rest("GET", `/api/v1/users?query=${encodeURIComponent(other.username)}`),
        presence: await anns.ok("presence:watch", { userIds: [other.userId] }),
        application: await ann.rest<{ applicationId: string }>("POST", "/api/v1/applications", apply),
      };
      const own = [other.userId, other.username, all.application.applicationId];
      const text = own.reduce((held, each) => held.replaceAll(each, "…"), JSON.stringify(all));
      return JSON.parse(text, (key, value: unknown) => (key.endsWith("At") ? "some time" : value)) as typeof all;
    };
    const stranger = await seen(cid);
    expect(stranger.presence).toEqual({ presence: [{ userId: "…", online: false }] });
    expect(await seen(bob)).toEqual(stranger);
    // What Ann has of both by way of her timeline is alike as well.
    const { applications } = foldPeople(await pullAll(anns));
    expect(new Set(applications.map(({ status }) => status)).size).toBe(1);
    expect(applications.map(({ target }) => target).toSorted()).toEqual([bob.userId, cid.userId].toSorted());
  });

  it("is a member of their groups like everybody", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { groupId, conversationId } = await ann.createGroup("Team", [bob]);
    await block(bob, ann);
    await sendText(anns, { groupId }, "hello all");
    await bobs.pushedText("hello all");
    await anns.ok("typing:set", { conversationId, typing: true });
    await waitFor(() => bobs.typing.length > 0, { what: "typing" });
  });
});

describe("blocks", () => {
  it("are told to one's own devices alone, and stay beside the contact", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await befriend(ann, bob);
    const before = (await pullAll(await at.connect(ann))).length;
    expect(await block(bob, ann)).toMatchObject({ userId: ann.userId, blocked: true });
    await block(bob, ann);
    expect(await listAll(bob, "blocks")).toEqual(await listAll(bob, "contacts"));
    expect(foldPeople(await pullAll(await at.connect(bob))).contacts).toEqual(await listAll(bob, "blocks"));
    expect(await pullAll(await at.connect(ann)), "the blocked one hears nothing").toHaveLength(before);
    await unblock(bob, ann);
    await unblock(bob, ann);
    expect(await listAll(bob, "blocks")).toEqual([]);
    expect(await listAll(bob, "contacts")).toMatchObject([{ userId: ann.userId, blocked: false }]);
  });

  it("are of others who exist, and listed in pages", async () => {
    const ann = await at.person("Ann");
    const code = (userId: unknown) =>
      restCodeOf(at.url, "POST", "/api/v1/blocks", { token: ann.token, body: { userId } });
    expect(await code("nobody")).toBe("404 NOT_FOUND");
    expect(await code(ann.userId)).toBe("400 BAD_REQUEST");
    expect(await code(undefined)).toBe("400 BAD_REQUEST");
    const others = await Promise.all(Array.from({ length: 3 }, (_, index) => at.person(`Other ${index}`)));
    await Promise.all(others.map((other) => block(ann, other)));
    for (const limit of [1, 2, 3, 4]) {
      expect((await listAll(ann, "blocks", limit)).map(({ userId }) => userId)).toEqual(
        others.map(({ userId }) => userId).toSorted(),
      );
    }
  });
});
