import { randomUUID } from "node:crypto";
import { type Group, ROLES, group } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { type Person, pullAll, sendText } from "../support/people.ts";
import { add, listMembers, membersPath, read, remove, viewOf } from "./group-calls.ts";
import { codeOf, restCodeOf, textsOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

describe("making a group", () => {
  it("gives each member the conversation first, then the message that says so", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const connections = await at.connectAll(ann, bob, cid);
    const made = await ann.createGroup("三人行", [bob, cid, ann, bob]);
    expect(group.strict().parse(made)).toMatchObject({ name: "三人行", ownerId: ann.userId, memberCount: 3 });
    expect(await ann.rest("GET", `/api/v1/groups/${made.groupId}`)).toEqual(made);

    for (const connection of connections) {
      await connection.pushedEntry(({ type }) => type === "message");
      const entries = await pullAll(connection);
      expect(connection.pushed).toEqual(entries);
      expect(entries).toMatchObject([
        {
          type: "conversation",
          conversation: {
            conversationId: made.conversationId,
            type: "group",
            groupId: made.groupId,
            title: "三人行",
            memberCount: 3,
            lastSeq: 1,
            unread: 1,
          },
        },
        {
          type: "message",
          message: {
            seq: 1,
            senderId: "system",
            content: {
              kind: "system",
              event: "group.created",
              by: ann.userId,
              userIds: [bob.userId, cid.userId],
              name: "三人行",
            },
          },
        },
      ]);
    }
    expect(await listMembers(bob, made)).toEqual({
      [ann.userId]: ROLES.owner,
      [bob.userId]: ROLES.member,
      [cid.userId]: ROLES.member,
    });
  });

  it("with somebody who does not exist makes nothing", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const body = { name: "Ghosts", memberIds: [bob.userId, "nobody"] };
    expect(await restCodeOf(at.url, "POST", "/api/v1/groups", { token: ann.token, body })).toBe("404 NOT_FOUND");
    expect((await at.connect(bob)).ready.head).toBe(0);
  });

  it("lists its members in pages of any size", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, (_, index) => at.person(`P${index}`)));
    const [ann, ...others] = people;
    const made = await ann!.createGroup("Seven", others);
    const everybody = people.map(({ userId }) => userId).toSorted();
    for (const limit of [1, 2, 3, 6, 7, 8, 500]) {
      expect(Object.keys(await listMembers(ann!, made, limit)).toSorted()).toEqual(everybody);
    }
    for (const query of ["limit=0", "limit=501", "limit=x", "page=made-up", `page=${"x".repeat(513)}`]) {
      const path = `${membersPath(made)}?${query}`;
      expect([query, await restCodeOf(at.url, "GET", path, { token: ann!.token })]).toEqual([query, "400 BAD_REQUEST"]);
    }
  });
});

describe("adding", () => {
  it("is told to all; a newcomer reads from joining on", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
    const made = await ann.createGroup("Group", [bob]);
    await sendText(anns, { groupId: made.groupId }, "before Cid");

    // Any member may add.
    expect((await add(bob, made, cid)).group).toMatchObject({ memberCount: 3 });
    expect(await viewOf(cids, made)).toMatchObject({ lastSeq: 3, readSeq: 2, unread: 1, memberCount: 3 });
    await sendText(anns, { groupId: made.groupId }, "after Cid");
    await cids.pushedText("after Cid");

    expect(textsOf(cids.pushed)).toEqual(["<member.added>", "after Cid"]);
    expect(cids.pushed.map(({ type }) => type)).toEqual(["conversation", "message", "message"]);
    expect(await read(cids, made)).toEqual(["<member.added>", "after Cid"]);
    expect(await read(bobs, made)).toEqual(["<group.created>", "before Cid", "<member.added>", "after Cid"]);
    expect(textsOf(await pullAll(anns))).toEqual(await read(anns, made));
    expect(await viewOf(anns, made)).toMatchObject({ memberCount: 3 });
  });

  it("those who are in already changes nothing and tells nobody", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const anns = await at.connect(ann);
    const made = await ann.createGroup("Group", [bob]);
    await add(bob, made, ann, bob);
    expect(await read(anns, made)).toEqual(["<group.created>"]);
    await add(bob, made, bob, cid);
    const added = (await pullAll(anns)).at(-1);
    expect(added).toMatchObject({
      message: { content: { event: "member.added", by: bob.userId, userIds: [cid.userId] } },
    });
    expect(await listMembers(cid, made)).toMatchObject({ [ann.userId]: ROLES.owner, [bob.userId]: ROLES.member });
  });

  it("several at once, by several people at once, adds each once", async () => {
    const [ann, bob, cid, dai] = await at.people("Ann", "Bob", "Cid", "Dai");
    const made = await ann.createGroup("Group", [bob]);
    await Promise.all([add(ann, made, cid, dai), add(bob, made, cid, dai), add(ann, made, dai)]);
    expect(Object.keys(await listMembers(dai, made))).toHaveLength(4);
    expect(await read(await at.connect(ann), made)).toEqual(["<group.created>", "<member.added>"]);
  });
});

describe("who may do what", () => {
  const codes = (person: Person, made: Group, someone: Person) => {
    const { token } = person;
    return Promise.all([
      restCodeOf(at.url, "GET", `/api/v1/groups/${made.groupId}`, { token }),
      restCodeOf(at.url, "GET", membersPath(made), { token }),
      restCodeOf(at.url, "POST", membersPath(made), { token, body: { userIds: [someone.userId] } }),
      restCodeOf(at.url, "DELETE", membersPath(made, someone), { token }),
      restCodeOf(at.url, "DELETE", membersPath(made, person), { token }),
    ]);
  };

  it("an outsider cannot tell a group from none", async () => {
    const [ann, bob, eve] = await at.people("Ann", "Bob", "Eve");
    const made = await ann.createGroup("Secret", [bob]);
    const absent: Group = { ...made, groupId: "no-such-group", conversationId: "gno-such-group" };
    const nothing = Array<string>(5).fill("404 NOT_FOUND");
    expect(await codes(eve, made, bob)).toEqual(nothing);
    expect(await codes(eve, absent, bob)).toEqual(nothing);
    const eves = await at.connect(eve);
    for (const { groupId, conversationId } of [made, absent]) {
      const content = { kind: "text", text: "let me in" };
      const send = { clientMessageId: randomUUID(), content };
      expect(await codeOf(eves, "message:send", { ...send, to: { groupId } })).toBe("NOT_FOUND");
      expect(await codeOf(eves, "message:send", { ...send, to: { conversationId } })).toBe("NOT_FOUND");
      expect(await codeOf(eves, "history:pull", { conversationId })).toBe("NOT_FOUND");
      expect(await codeOf(eves, "read:mark", { conversationId, seq: 1 })).toBe("NOT_FOUND");
    }
    // Not even which users exist: an unknown one gets the same answer.
    const body = { userIds: ["nobody"] };
    const { token } = eve;
    expect(await restCodeOf(at.url, "POST", membersPath(made), { token, body })).toBe("404 NOT_FOUND");
    expect(eves.ready.head).toBe(0);
    expect(await read(await at.connect(ann), made)).toEqual(["<group.created>"]);
  });

  it("one who left is told so", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const made = await ann.createGroup("Group", [bob, cid]);
    await remove(bob, made, bob);
    expect(await codes(bob, made, cid)).toEqual(Array<string>(5).fill("403 NOT_MEMBER"));
    const bobs = await at.connect(bob);
    const send = { clientMessageId: randomUUID(), content: { kind: "text", text: "me again" } };
    expect(await codeOf(bobs, "message:send", { ...send, to: { groupId: made.groupId } })).toBe("NOT_MEMBER");
    expect(await codeOf(bobs, "message:send", { ...send, to: { conversationId: made.conversationId } })).toBe(
      "NOT_MEMBER",
    );
  });

  it("a member removes nobody but themself; the owner removes members, and nobody who is not in it", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const made = await ann.createGroup("Group", [bob, cid]);
    for (const target of [ann, cid]) {
      expect(await restCodeOf(at.url, "DELETE", membersPath(made, target), { token: bob.token })).toBe("403 FORBIDDEN");
    }
    for (const target of [eve.userId, "nobody"]) {
      const path = `${membersPath(made)}/${target}`;
      expect(await restCodeOf(at.url, "DELETE", path, { token: ann.token })).toBe("404 NOT_FOUND");
    }
    await remove(ann, made, cid);
    expect(await restCodeOf(at.url, "DELETE", membersPath(made, cid), { token: ann.token })).toBe("404 NOT_FOUND");
    const body = { userIds: ["nobody", eve.userId] };
    expect(await restCodeOf(at.url, "POST", membersPath(made), { token: bob.token, body })).toBe("404 NOT_FOUND");
    expect(Object.keys(await listMembers(bob, made)).toSorted()).toEqual([ann.userId, bob.userId].toSorted());
  });
});
