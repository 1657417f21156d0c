import { randomUUID } from "node:crypto";
import { ROLES } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { historyAll, pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { add, listMembers, membersPath, read, remove, viewOf } from "./group-calls.ts";
import { restCodeOf, textOf, textsOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

describe("leaving a group", () => {
  it("keeps the conversation, readable up to the leaving, and gives nothing later", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const made = await ann.createGroup("Group", [bob]);
    await sendText(anns, { groupId: made.groupId }, "with Bob");
    expect((await remove(bob, made, bob)).group).toMatchObject({ memberCount: 1 });
    const head = (await pullAll(bobs)).length;
    await sendText(anns, { groupId: made.groupId }, "without Bob");
    await add(ann, made, cid);
    await anns.pushedText("without Bob");

    const left = await viewOf(bobs, made);
    expect(left).toMatchObject({
      left: true,
      lastSeq: 3,
      unread: 3,
      lastMessage: { content: { event: "member.left" } },
    });
    expect(await read(bobs, made)).toEqual(["<group.created>", "with Bob", "<member.left>"]);
    const entries = await pullAll(bobs);
    expect(entries).toHaveLength(head);
    expect(entries.slice(-2)).toMatchObject([
      { type: "conversation", conversation: left },
      { type: "message", message: { seq: 3, content: { event: "member.left", by: bob.userId } } },
    ]);
    // A conversation is shown in its state when it is read, so only the newest is the same by push.
    expect(bobs.pushed.slice(-2)).toEqual(entries.slice(-2));
    // Reading what is left to read is allowed, and tells nobody.
    const annsHead = (await pullAll(anns)).length;
    expect(await bobs.ok("read:mark", { conversationId: made.conversationId, seq: 99 })).toEqual({
      readSeq: 3,
      unread: 0,
    });
    expect(await pullAll(anns)).toHaveLength(annsHead);
  });

  it("being removed is told to the one removed as well", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [bobs, cids] = await at.connectAll(bob, cid);
    const made = await ann.createGroup("Group", [bob, cid]);
    await remove(ann, made, bob);
    for (const connection of [bobs, cids]) {
      await connection.pushedEntry(
        (entry) => entry.type === "message" && textOf(entry.message) === "<member.removed>",
        "the removal",
      );
      expect((await pullAll(connection)).at(-1)).toMatchObject({
        message: { content: { event: "member.removed", by: ann.userId, userIds: [bob.userId] } },
      });
    }
    expect(await viewOf(bobs, made)).toMatchObject({ left: true });
    expect(await viewOf(cids, made)).toMatchObject({ memberCount: 2 });
    expect(await listMembers(ann, made)).not.toHaveProperty(bob.userId);
  });

  it("and coming back shows both stays and nothing between them", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const made = await ann.createGroup("Group", [bob]);
    const say = (words: string) => sendText(anns, { groupId: made.groupId }, words);
    await say("first stay");
    await remove(bob, made, bob);
    await say("away 1");
    const away = await say("away 2");
    await add(ann, made, bob);
    await say("second stay");
    expect(await viewOf(bobs, made)).not.toHaveProperty("left");
    expect(await viewOf(bobs, made)).toMatchObject({ lastSeq: 7, readSeq: away.seq, unread: 2 });
    await remove(ann, made, bob);
    await say("away 3");
    await add(ann, made, bob);
    await say("third stay");

    const stays = [
      ["<group.created>", "first stay", "<member.left>"],
      ["<member.added>", "second stay", "<member.removed>"],
      ["<member.added>", "third stay"],
    ].flat();
    expect(await read(bobs, made)).toEqual(stays);
    expect((await historyAll(bobs, made.conversationId, 2)).map(textOf)).toEqual(stays);
    expect(textsOf(await pullAll(bobs))).toEqual(stays);
    const { messages, more } = await bobs.ok("history:pull", {
      conversationId: made.conversationId,
      around: away.seq,
      limit: 2,
    });
    expect(messages.map(textOf)).toEqual(["<member.left>", "<member.added>"]);
    expect(more).toEqual({ before: true, after: true });
    // The sender of a reply must see what it answers, in whichever stay.
    const reply = { to: { groupId: made.groupId }, content: { kind: "text" as const, text: "re" } };
    await bobs.ok("message:send", { ...reply, clientMessageId: randomUUID(), replyTo: 2 });
    const hidden = await bobs.call("message:send", { ...reply, clientMessageId: randomUUID(), replyTo: away.seq });
    expect(hidden).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });
  });

  it("as the owner makes the one who is in it longest the owner", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const made = await ann.createGroup("Group", []);
    for (const next of [cid, bob]) {
      const before = Date.now();
      // Joining times are told apart by milliseconds.
      await waitFor(() => Date.now() > before);
      await add(ann, made, next);
    }
    expect((await remove(ann, made, ann)).group).toMatchObject({ ownerId: cid.userId, memberCount: 2 });
    expect(await listMembers(bob, made)).toEqual({ [cid.userId]: ROLES.owner, [bob.userId]: ROLES.member });
    // What an owner may do is theirs now, and no longer the former one's.
    await add(bob, made, ann);
    expect(await restCodeOf(at.url, "DELETE", membersPath(made, bob), { token: ann.token })).toBe("403 FORBIDDEN");
    await remove(cid, made, bob);
    await remove(cid, made, ann);
    expect((await remove(cid, made, cid)).group).toMatchObject({ memberCount: 0 });
    expect(await restCodeOf(at.url, "GET", membersPath(made), { token: cid.token })).toBe("403 NOT_MEMBER");
  });
});
