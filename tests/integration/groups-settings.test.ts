import { randomUUID } from "node:crypto";
import { type Group, MUTED_FOREVER, ROLES, group } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { type Person, pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { add, listMembers, membersPath, read, remove, viewOf } from "./group-calls.ts";
import { codeOf, restCodeOf, useServer } from "./one-server.ts";

const at = useServer();

const path = ({ groupId }: Group) => `/api/v1/groups/${groupId}`;
const update = (actor: Person, made: Group, body: object) => actor.rest<Group>("PATCH", path(made), body);
const updateMember = (actor: Person, made: Group, member: Person, body: object) =>
  actor.rest("PATCH", membersPath(made, member), body);

describe("what a group is", () => {
  it("begins closed and bare, and is shown whole to its members", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await ann.createGroup("Group", [bob]);
    expect(group.strict().parse(made)).toEqual({
      groupId: made.groupId,
      conversationId: made.conversationId,
      name: "Group",
      description: "",
      ownerId: ann.userId,
      joinPolicy: "invite",
      whoMayAdd: "members",
      historyVisible: false,
      mutedAll: false,
      memberCount: 2,
    });
    const settings = { joinPolicy: "approval", whoMayAdd: "admins", historyVisible: true, mutedAll: true };
    const text = { name: "新名字", description: " about\nus ", announcement: "Meeting at 9" };
    const changed = await update(ann, made, { ...settings, ...text });
    expect(group.strict().parse(changed)).toMatchObject({
      ...settings,
      name: "新名字",
      description: "about\nus",
      announcement: { text: "Meeting at 9", by: ann.userId },
    });
    expect(await bob.rest("GET", path(made))).toEqual(changed);
    // Also after a restart: what is cached is what is stored.
    await at.restart();
    expect(await (await bob.login(at.url)).rest("GET", path(made))).toEqual(changed);
  });

  it("changes with one entry of the conversation and one message for all that was changed", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const bobs = await at.connect(bob);
    const made = await ann.createGroup("Group", [bob]);
    const { head } = await bobs.ok("sync:pull", { cursor: 0, limit: 1 });
    await update(ann, made, { name: "Team", description: "who we are", mutedAll: true });
    expect(await pullAll(bobs, head)).toMatchObject([
      { type: "conversation", conversation: { title: "Team", mutedAll: true } },
      {
        type: "message",
        message: {
          senderId: "system",
          content: {
            event: "group.changed",
            by: ann.userId,
            changed: { name: "Team", description: "who we are", mutedAll: true },
          },
        },
      },
    ]);
    // What no view of the conversation shows is told by the message alone.
    await update(ann, made, { description: "others", joinPolicy: "open" });
    expect((await pullAll(bobs, head + 2)).map(({ type }) => type)).toEqual(["message"]);
    // What changes nothing is told to nobody.
    await update(ann, made, { name: "Team", description: "others", announcement: "" });
    await update(ann, made, {});
    expect(await pullAll(bobs, head + 3)).toEqual([]);
  });

  it("refuses what is no name, no setting or too long, and changes nothing then", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await ann.createGroup("Group", [bob]);
    for (const body of [
      { name: " " },
      { name: "x".repeat(65) },
      { description: "x".repeat(501) },
      { announcement: "x".repeat(2_001) },
      { joinPolicy: "closed" },
      { whoMayAdd: "nobody" },
      { mutedAll: "yes" },
      { name: "Good", historyVisible: 1 },
    ]) {
      expect(await restCodeOf(at.url, "PATCH", path(made), { token: ann.token, body })).toBe("400 BAD_REQUEST");
    }
    for (const body of [{ role: 100 }, { role: 2 }, { alias: "x".repeat(65) }, { mutedUntil: MUTED_FOREVER + 1 }]) {
      const options = { token: ann.token, body };
      expect(await restCodeOf(at.url, "PATCH", membersPath(made, bob), options)).toBe("400 BAD_REQUEST");
    }
    expect(await ann.rest("GET", path(made))).toEqual(made);
  });

  it("takes what two admins change at once from both, and leads all devices to the same", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [bobs, cids] = await at.connectAll(bob, cid);
    const made = await ann.createGroup("Group", [bob, cid]);
    await updateMember(ann, made, bob, { role: ROLES.admin });
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => [
        update(ann, made, { name: `Ann ${index}`, mutedAll: index % 2 === 0 }),
        update(bob, made, { name: `Bob ${index}`, description: `${index}` }),
        updateMember(ann, made, cid, { alias: `A${index}` }),
        updateMember(bob, made, cid, { mutedUntil: Date.now() + 60_000 + index }),
      ]).flat(),
    );
    const now = await ann.rest<Group>("GET", path(made));
    const entries = await pullAll(bobs);
    const names = entries.flatMap((entry) =>
      entry.type === "message" &&
      entry.message.content.kind === "system" &&
      entry.message.content.event === "group.changed"
        ? (entry.message.content.changed.name ?? [])
        : [],
    );
    expect(names.at(-1), "the last that was told is the one that holds").toBe(now.name);
    for (const connection of [bobs, cids]) {
      const view = await viewOf(connection, made);
      expect(view).toMatchObject({ title: now.name });
      expect(view.mutedAll ?? false).toBe(now.mutedAll);
      const conversations = (await pullAll(connection)).filter(({ type }) => type === "conversation");
      expect(conversations.at(-1)).toMatchObject({ conversation: view });
      await waitFor(() => connection.pushed.length >= entries.length - 1);
    }
  });
});

describe("an announcement", () => {
  it("is shown to each member until they have read it, on all of their devices", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const tablet = await at.connect(await bob.login());
    const made = await ann.createGroup("Group", [bob]);
    const { announcement } = await update(ann, made, { announcement: "Read me" });
    expect(await viewOf(bobs, made)).toMatchObject({ announcement });
    expect(await viewOf(anns, made), "who wrote it has read it").not.toHaveProperty("announcement");

    const note = (at_: number) => bob.rest("PUT", `${path(made)}/announcement/read`, { at: at_ });
    await note(announcement!.at - 1);
    expect(await viewOf(bobs, made), "an earlier one was read, not this").toMatchObject({ announcement });
    await note(announcement!.at);
    const seen = { announcementReadAt: announcement!.at };
    const entry = await tablet.pushedEntry(
      (one) => one.type === "conversation" && one.conversation.announcementReadAt === announcement!.at,
    );
    expect(entry).toMatchObject({ conversation: seen });
    for (const connection of [bobs, tablet]) {
      expect(await viewOf(connection, made)).not.toHaveProperty("announcement");
      expect(await viewOf(connection, made)).toMatchObject(seen);
    }
    const later = await update(ann, made, { announcement: "And me" });
    expect(await viewOf(bobs, made)).toMatchObject({ announcement: later.announcement });
    expect(await update(ann, made, { announcement: "" })).not.toHaveProperty("announcement");
    expect(await viewOf(bobs, made)).not.toHaveProperty("announcement");
  });
});

describe("muting", () => {
  it("refuses messages and edits and stores nothing, until its time has passed or it is ended", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [bobs] = await at.connectAll(bob);
    const made = await ann.createGroup("Group", [bob]);
    const { conversationId, groupId } = made;
    const mine = await sendText(bobs, { groupId }, "before");
    const until = Date.now() + 3_600_000;
    expect(await updateMember(ann, made, bob, { mutedUntil: until })).toMatchObject({ mutedUntil: until });
    expect(await viewOf(bobs, made)).toMatchObject({ mutedUntil: until, role: ROLES.member });

    const stored = (await read(bobs, made)).length;
    const content = { kind: "text", text: "may I?" };
    const send = { clientMessageId: randomUUID(), to: { groupId }, content };
    expect(await bobs.call("message:send", send as never)).toMatchObject({
      ok: false,
      error: { code: "MUTED", details: { until } },
    });
    expect(await codeOf(bobs, "message:send", { ...send, to: { conversationId } })).toBe("MUTED");
    expect(await codeOf(bobs, "message:edit", { conversationId, seq: mine.seq, content })).toBe("MUTED");
    // What says nothing new stays allowed, and a repeat of what was said before is answered as it was.
    expect(await codeOf(bobs, "message:react", { conversationId, seq: mine.seq, emoji: "👍", on: true })).toBe("ok");
    expect(await codeOf(bobs, "message:recall", { conversationId, seq: mine.seq })).toBe("ok");
    expect(await read(bobs, made)).toHaveLength(stored);

    await updateMember(ann, made, bob, { mutedUntil: null });
    expect(await viewOf(bobs, made)).not.toHaveProperty("mutedUntil");
    expect(await codeOf(bobs, "message:send", send)).toBe("ok");
    const soon = Date.now() + 300;
    await updateMember(ann, made, bob, { mutedUntil: soon });
    expect(await codeOf(bobs, "message:send", { ...send, clientMessageId: randomUUID() })).toBe("MUTED");
    await waitFor(() => Date.now() > soon);
    expect(await codeOf(bobs, "message:send", { ...send, clientMessageId: randomUUID() })).toBe("ok");
    await updateMember(ann, made, bob, { mutedUntil: MUTED_FOREVER });
    expect(await viewOf(bobs, made)).toMatchObject({ mutedUntil: MUTED_FOREVER });
    expect(await read(bobs, made)).toContain("<member.muted>");
  });

  it("ends when the member becomes an admin", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const bobs = await at.connect(bob);
    const made = await ann.createGroup("Group", [bob]);
    await updateMember(ann, made, bob, { mutedUntil: MUTED_FOREVER });
    await updateMember(ann, made, bob, { role: ROLES.admin });
    expect(await viewOf(bobs, made)).not.toHaveProperty("mutedUntil");
    await sendText(bobs, { groupId: made.groupId }, "thank you");
  });
});

describe("members", () => {
  it("get roles and aliases, which all devices hear of; an alias without a word in the conversation", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const cids = await at.connect(cid);
    const made = await ann.createGroup("Group", [bob, cid]);
    const before = await viewOf(cids, made);
    await updateMember(bob, made, bob, { alias: "小波" });
    const after = await viewOf(cids, made);
    expect(after.memberVersion).toBeGreaterThan(before.memberVersion!);
    expect(after.lastSeq).toBe(before.lastSeq);
    await cids.pushedEntry(
      (entry) => entry.type === "conversation" && entry.conversation.memberVersion === after.memberVersion,
    );
    await updateMember(ann, made, bob, { role: ROLES.admin });
    expect((await read(cids, made)).at(-1)).toBe("<member.role>");
    const { members } = await cid.rest<{ members: object[] }>("GET", membersPath(made));
    expect(members).toMatchObject([
      { userId: ann.userId, role: ROLES.owner },
      { userId: bob.userId, role: ROLES.admin, alias: "小波", displayName: "Bob" },
      { userId: cid.userId, role: ROLES.member },
    ]);
    const body = { userIds: [bob.userId, "nobody"] };
    expect(await cid.rest("POST", `${membersPath(made)}/lookup`, body)).toEqual({ members: [members[1]] });
    await updateMember(bob, made, bob, { alias: "" });
    expect((await cid.rest<{ members: object[] }>("GET", membersPath(made))).members[1]).not.toHaveProperty("alias");
    // Coming back begins anew.
    await updateMember(bob, made, bob, { alias: "gone" });
    await remove(bob, made, bob);
    await add(ann, made, bob);
    expect(await listMembers(ann, made)).toMatchObject({ [bob.userId]: ROLES.member });
    expect(await cid.rest("POST", `${membersPath(made)}/lookup`, body)).toMatchObject({
      members: [{ displayName: "Bob" }],
    });
  });

  it("are listed by role in pages of any size, and found by the start of an alias or name", async () => {
    const people = await Promise.all(
      ["Zed", "Ada", "Adam", "Bo", "Abe", "ADA Two", "100%"].map((name) => at.person(name)),
    );
    const [zed, ada, adam, bo, abe] = people as [Person, Person, Person, Person, Person];
    const made = await zed.createGroup("Seven", people.slice(1));
    await updateMember(zed, made, bo, { role: ROLES.admin, alias: "adm_in" });
    await updateMember(zed, made, abe, { role: ROLES.admin });
    await remove(zed, made, adam);
    for (const limit of [1, 2, 3, 500]) {
      const roles = Object.values(await listMembers(ada, made, limit));
      expect(roles).toEqual([ROLES.owner, ROLES.admin, ROLES.admin, 0, 0, 0]);
    }
    const found = async (query: string, limit = 50) => {
      const names: string[] = [];
      for (let page = ""; ;) {
        const address = `${membersPath(made)}?query=${encodeURIComponent(query)}&limit=${limit}${page}`;
        const answer = await ada.rest<{ members: { displayName: string }[]; more: boolean; page?: string }>(
          "GET",
          address,
        );
        names.push(...answer.members.map(({ displayName }) => displayName));
        if (!answer.more) return names.toSorted();
        page = `&page=${encodeURIComponent(answer.page!)}`;
      }
    };
    expect(await found("ad")).toEqual(["ADA Two", "Ada", "Bo"]);
    expect(await found("ad", 1)).toEqual(["ADA Two", "Ada", "Bo"]);
    expect(await found("adm_")).toEqual(["Bo"]);
    expect(await found("adm"), "who left is not found").toEqual(["Bo"]);
    expect(await found("%"), "wildcards are text").toEqual([]);
    expect(await found("100%")).toEqual(["100%"]);
    expect(await found("nobody")).toEqual([]);
  });

  it("hand the group over, and the former owner stays as an admin", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const bobs = await at.connect(bob);
    const made = await ann.createGroup("Group", [bob]);
    expect(await ann.rest("POST", `${path(made)}/transfer`, { userId: bob.userId })).toMatchObject({
      ownerId: bob.userId,
    });
    expect(await listMembers(ann, made)).toEqual({ [ann.userId]: ROLES.admin, [bob.userId]: ROLES.owner });
    expect(await viewOf(bobs, made)).toMatchObject({ role: ROLES.owner });
    expect((await read(bobs, made)).at(-1)).toBe("<group.transferred>");
    expect(await restCodeOf(at.url, "DELETE", path(made), { token: ann.token })).toBe("403 FORBIDDEN");
  });
});

describe("a repeat of making a group", () => {
  it("makes no second one, also when both arrive at once", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const body = { name: "Once", memberIds: [bob.userId], clientGroupId: randomUUID() };
    const make = (actor: Person) => actor.rest<Group>("POST", "/api/v1/groups", body);
    const [first, second] = await Promise.all([make(ann), make(ann)]);
    expect(second).toEqual(first);
    await at.restart();
    const again = await ann.login(at.url);
    expect(await make(again)).toEqual(first);
    expect(await read(await at.connect(again), first)).toEqual(["<group.created>"]);
    // The id is the caller's own: another's group is another.
    expect((await make(await bob.login(at.url))).groupId).not.toBe(first.groupId);
    const bad = { ...body, clientGroupId: "not-a-uuid" };
    expect(await restCodeOf(at.url, "POST", "/api/v1/groups", { token: again.token, body: bad })).toBe(
      "400 BAD_REQUEST",
    );
  });
});
