import type { Message } from "@im-webapp/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { NO_FACTS } from "./facts.ts";
import { Membership } from "./membership.ts";
import { type ConversationState, type MemberState, NEW_CONVERSATION, NEW_GROUP } from "./model.ts";
import { RelationRows } from "./relations.ts";
import { Stage } from "./stage.ts";

const member = (userId: string, more: Partial<MemberState> = {}): MemberState => ({
  userId,
  role: 0,
  fromSeq: 0,
  pastSpans: [],
  joinedAt: 0,
  ...more,
});

const group: ConversationState = {
  conversationId: "gteam",
  type: "group",
  groupId: "team",
  lastSeq: 7,
  changeSeq: 0,
  memberVersion: 3,
  groupVersion: 0,
  memberCount: 2,
  large: false,
};

/** Messages 1 to 7 of the group. */
const stored = Array.from({ length: 7 }, (_, index): Message => ({
  messageId: `gteam-${index + 1}`,
  conversationId: "gteam",
  seq: index + 1,
  senderId: "ann",
  sentAt: 900,
  content: { kind: "text", text: `${index + 1}` },
  version: 1,
  clientMessageId: `${index + 1}`,
}));

let lower: Stage;
let upper: Stage;

beforeEach(() => {
  const membership = new Membership(3, [member("ann"), member("bob"), member("old", { leftSeq: 5 })]);
  lower = new Stage({
    at: 1_000,
    facts: NO_FACTS,
    isStarred: () => false,
    isDeleted: () => false,
    fanoutMaxMembers: 4,
    message: ({ seq }) => stored.find((message) => message.seq === seq),
    conversation: (id) => (id === "gteam" ? group : undefined),
    membership: (id) => (id === "gteam" ? membership : Membership.none),
    group: () => undefined,
    position: (conversationId, userId) => (userId === "bob" ? { conversationId, userId, readSeq: 4 } : undefined),
    settings: () => undefined,
    userExists: (userId) => userId === "ann",
    invitation: () => undefined,
    relations: RelationRows.none,
  });
  upper = new Stage(lower);
});

const post = (stage: Stage, senderId = "ann", more: object = {}) =>
  stage.post({
    conversationId: "gteam",
    senderId,
    clientMessageId: "id",
    content: { kind: "text", text: "hello" },
    ...more,
  });

describe("a stage", () => {
  it("shows what lies below until something changes, and then that", () => {
    expect(upper.conversation("gteam")).toBe(group);
    expect(upper.conversation("other")).toBeUndefined();
    expect([upper.position("gteam", "bob")?.readSeq, upper.position("gteam", "ann")?.readSeq]).toEqual([4, undefined]);
    expect(post(upper)).toMatchObject({ seq: 8, messageId: "gteam-8", sentAt: 1_000, version: 1 });
    expect(post(upper)).toMatchObject({ seq: 9 });
    expect(upper.conversation("gteam")?.lastSeq).toBe(9);
    expect(upper.position("gteam", "ann")?.readSeq).toBe(9);
  });

  it("keeps its changes to itself until they are merged", () => {
    post(upper);
    upper.putMembers("gteam", [member("cid")]);
    upper.saveGroup({ ...NEW_GROUP, groupId: "team", conversationId: "gteam", name: "Team", ownerId: "cid" });
    expect(lower.conversation("gteam")).toBe(group);
    expect(lower.membership("gteam").get("cid")).toBeUndefined();
    expect([...lower.touched, ...lower.reads, ...lower.messages, ...lower.fanOuts, ...lower.groups]).toEqual([]);
    expect(lower.entryCount).toBe(0);

    lower.merge(upper);
    expect(lower.conversation("gteam")).toMatchObject({ lastSeq: 8, memberVersion: 4, memberCount: 3 });
    expect(lower.membership("gteam").activeIds).toEqual(["ann", "bob", "cid"]);
    expect(lower.messages).toEqual(upper.messages);
    expect(lower.groups.get("team")?.ownerId).toBe("cid");
    expect(lower.entryCount).toBe(2);
  });

  it("lets one merge go on where another left off", () => {
    post(upper);
    lower.merge(upper);
    const next = new Stage(lower);
    expect(post(next, "bob")).toMatchObject({ seq: 9 });
    lower.merge(next);
    expect([...lower.messages.values()].map(({ message }) => message.seq)).toEqual([8, 9]);
    expect([...lower.reads]).toEqual([
      { conversationId: "gteam", userId: "ann", readSeq: 8 },
      { conversationId: "gteam", userId: "bob", readSeq: 9 },
    ]);
  });

  it("gives a message to the members at present, and to whom it is told besides", () => {
    post(upper, "system", { alsoTo: ["old"] });
    expect(upper.fanOuts.map(({ userIds }) => userIds)).toEqual([["ann", "bob", "old"]]);
    expect([...upper.reads], "nobody has read what the system says").toEqual([]);
  });

  it("counts members and makes lists of them stale with every change", () => {
    upper.putMembers("gteam", [member("bob", { leftSeq: 7 }), member("cid"), member("dai")]);
    expect(upper.conversation("gteam")).toMatchObject({ memberVersion: 4, memberCount: 3 });
    expect(upper.membership("gteam").version).toBe(4);
    upper.putMembers("gteam", [member("cid", { leftSeq: 7 })]);
    expect(upper.conversation("gteam")).toMatchObject({ memberVersion: 5, memberCount: 2 });
    expect([...upper.members.values()].map(({ member: { userId, leftSeq } }) => [userId, leftSeq])).toEqual([
      ["bob", 7],
      ["cid", 7],
      ["dai", undefined],
    ]);
  });

  it("addresses a message by what its conversation is", () => {
    post(upper);
    const pair = [member("ann", { peerId: "bob" }), member("bob", { peerId: "ann" })];
    upper.createConversation({ conversationId: "d1", type: "direct", ...NEW_CONVERSATION }, pair);
    post(upper, "bob", { conversationId: "d1" });
    expect([...upper.messages.values()].map(({ receiverId, groupId }) => ({ receiverId, groupId }))).toEqual([
      { groupId: "team" },
      { receiverId: "ann" },
    ]);
    expect(upper.created).toEqual(new Set(["d1"]));
  });

  it("refuses users who do not exist, and names them", () => {
    expect(() => upper.requireUsers(["ann"])).not.toThrow();
    expect(() => upper.requireUsers(["ann", "eve", "mal"])).toThrow(
      expect.objectContaining({ code: "NOT_FOUND", details: { userIds: ["eve", "mal"] } }) as Error,
    );
  });

  it("takes it for a fault when a command changes what it did not lock", () => {
    expect(() => post(upper, "ann", { conversationId: "gother" })).toThrow(/gother is neither locked nor created/);
    expect(() => upper.putMembers("gother", [])).toThrow(/gother/);
  });
});

describe("a message that changes", () => {
  const edit = (stage: Stage, seq: number) =>
    stage.change({ ...stage.message({ conversationId: "gteam", seq })!, content: { kind: "text", text: "edited" } });

  it("takes the next version and the next place among its conversation's changes", () => {
    expect(edit(upper, 3)).toMatchObject({ seq: 3, version: 2, content: { text: "edited" } });
    expect(edit(upper, 3)).toMatchObject({ version: 3 });
    expect(edit(upper, 5)).toMatchObject({ version: 2 });
    expect(upper.conversation("gteam")).toMatchObject({ lastSeq: 7, changeSeq: 3 });
    expect([...upper.changedMessages.values()].map(({ message, changeSeq }) => [message.seq, changeSeq])).toEqual([
      [3, 2],
      [5, 3],
    ]);
  });

  it("is seen by later commands of its batch, also when the batch itself has brought it", () => {
    edit(upper, 3);
    post(upper);
    edit(upper, 8);
    lower.merge(upper);
    const next = new Stage(lower);
    expect(next.message({ conversationId: "gteam", seq: 3 })).toMatchObject({ version: 2 });
    expect(next.message({ conversationId: "gteam", seq: 8 })).toMatchObject({ version: 2 });
    expect(next.message({ conversationId: "gteam", seq: 9 })).toBeUndefined();
  });

  it("is told to those members who may see it", () => {
    upper.putMembers("gteam", [
      member("new", { fromSeq: 5 }),
      member("back", { fromSeq: 6, pastSpans: [{ from: 2, to: 4 }] }),
    ]);
    const told = (seq: number) => {
      edit(upper, seq);
      return upper.fanOuts.at(-1);
    };
    expect(told(3)).toMatchObject({ draft: { type: "message:update" }, userIds: ["ann", "bob", "back"] });
    expect(told(5)).toMatchObject({ userIds: ["ann", "bob"] });
    expect(told(6)).toMatchObject({ userIds: ["ann", "bob", "new"] });
    expect(told(7)).toMatchObject({ userIds: ["ann", "bob", "new", "back"] });
  });
});

describe("a large group", () => {
  const grow = () => upper.putMembers("gteam", [member("cid"), member("dai"), member("eve")]);

  it("is one with more members than are written to each timeline, and only for as long", () => {
    upper.putMembers("gteam", [member("cid"), member("dai")]);
    expect(upper.conversation("gteam")).toMatchObject({ memberCount: 4, large: false });
    upper.putMembers("gteam", [member("eve")]);
    expect(upper.conversation("gteam")).toMatchObject({ memberCount: 5, large: true });
    upper.putMembers("gteam", [member("bob", { leftSeq: 7 })]);
    expect(upper.conversation("gteam")).toMatchObject({ memberCount: 4, large: false });
  });

  it("has its messages and changes in nobody's timeline, but for those whom one names", () => {
    grow();
    post(upper);
    upper.change(post(upper, "bob", { mentions: ["ann", "old", "stranger", "eve"] }));
    post(upper, "bob", { mentions: "all" });
    expect(upper.fanOuts.flatMap(({ userIds }) => userIds)).toEqual(["ann", "eve"]);
    expect([...upper.reads].map(({ userId, readSeq }) => [userId, readSeq])).toEqual([
      ["ann", 8],
      ["bob", 10],
    ]);
    lower.merge(upper);
    const { messages, changes } = lower.largeGroupNews.get("gteam")!;
    expect([messages.map(({ seq }) => seq), changes.map(({ seq, version }) => [seq, version])]).toEqual([
      [8, 9, 10],
      [[9, 2]],
    ]);
  });
});

describe("the news of a group that is large for a while", () => {
  it("ends with its last message as a large one", () => {
    upper.putMembers("gteam", [member("cid"), member("dai"), member("eve")]);
    post(upper);
    upper.putMembers("gteam", [member("eve", { leftSeq: 8 })]);
    post(upper);
    upper.change(post(upper));
    lower.merge(upper);
    expect(lower.conversation("gteam")).toMatchObject({ large: false, lastSeq: 10 });
    const { messages, changes, lastSeq, changeSeq } = lower.largeGroupNews.get("gteam")!;
    expect([messages.map(({ seq }) => seq), changes, lastSeq]).toEqual([[8], [], 8]);
    expect(changeSeq).toBe(lower.conversation("gteam")!.changeSeq - 1);
  });
});

describe("a membership", () => {
  const membership = new Membership(3, [member("ann"), member("old", { leftSeq: 5 })]);

  it("tells members, those who left and strangers apart", () => {
    expect(membership.requireActive("gteam", "ann")).toEqual(member("ann"));
    const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
    expect(() => membership.requireActive("gteam", "old")).toThrow(code("NOT_MEMBER"));
    expect(() => membership.requireActive("gteam", "eve")).toThrow(code("NOT_FOUND"));
    expect(() => Membership.none.requireActive("gteam", "ann")).toThrow(code("NOT_FOUND"));
  });

  it("never changes; a change makes another", () => {
    const changed = membership.with(4, [member("old"), member("cid")]);
    expect([changed.version, changed.activeIds]).toEqual([4, ["ann", "old", "cid"]]);
    expect([membership.version, membership.activeIds]).toEqual([3, ["ann"]]);
    expect(membership.get("old")?.leftSeq).toBe(5);
  });
});
