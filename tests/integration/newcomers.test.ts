import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { historyAll, pullAll, sendText } from "../support/people.ts";
import { add, read, remove, viewOf } from "./group-calls.ts";
import { accept, invite, setGroup } from "./joining-calls.ts";
import { codeOf, textOf, textsOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer({ FANOUT_MAX_MEMBERS: "3" });

const showHistory = (group: Parameters<typeof setGroup>[1], shown: boolean) =>
  at.raw((database) => setGroup(database, group, `history_visible = ${shown ? 1 : 0}`));

describe("a newcomer", () => {
  it("reaches nothing that was said before they came, by no call", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const group = await ann.createGroup("Group", []);
    const secret = await sendText(anns, { groupId: group.groupId }, "secret");
    await accept(bob, (await invite(ann, group)).token);
    const { conversationId } = group;
    // Changed after they came, which must not show it either.
    await anns.ok("message:react", { conversationId, seq: secret.seq, emoji: "👍", on: true });

    expect(await read(bobs, group)).toEqual(["<member.joined>"]);
    const pages = [{ before: 3 }, { after: 0 }, { around: secret.seq }, { around: 3 }, {}];
    for (const page of pages) {
      const { messages, more } = await bobs.ok("history:pull", { conversationId, ...page });
      expect(messages.map(textOf).filter((text) => text !== "<member.joined>")).toEqual([]);
      expect(more.before).toBe(false);
    }
    expect((await bobs.ok("history:changes", { conversationId, after: 0 })).messages).toEqual([]);
    expect(await codeOf(bobs, "receipts:get", { conversationId, seq: secret.seq })).toBe("NOT_FOUND");
    const place = { conversationId, seq: secret.seq };
    expect(await codeOf(bobs, "message:react", { ...place, emoji: "👍", on: true })).toBe("NOT_FOUND");
    expect(await codeOf(bobs, "message:recall", place)).toBe("NOT_FOUND");
    const reply = { to: { groupId: group.groupId }, content: { kind: "text", text: "re" }, replyTo: secret.seq };
    expect(await codeOf(bobs, "message:send", { ...reply, clientMessageId: randomUUID() })).toBe("NOT_FOUND");
    expect(textsOf(await pullAll(bobs))).toEqual(["<member.joined>"]);
    expect(await viewOf(bobs, group)).toMatchObject({ unread: 1, readSeq: 2, lastSeq: 3 });
  });

  it("reads from the beginning where the group shows its history, and has unread only what came after", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
    const group = await ann.createGroup("Group", []);
    await sendText(anns, { groupId: group.groupId }, "early");
    await add(ann, group, bob);
    await showHistory(group, true);
    await accept(cid, (await invite(ann, group)).token);
    await sendText(anns, { groupId: group.groupId }, "late");

    const all = ["<group.created>", "early", "<member.added>", "<member.joined>", "late"];
    expect((await historyAll(cids, group.conversationId, 2)).map(textOf)).toEqual(all);
    expect(await viewOf(cids, group)).toMatchObject({ unread: 2, readSeq: 3, lastSeq: 5 });
    // The timeline brings what is new; what is old comes from the conversation.
    expect(textsOf(await pullAll(cids))).toEqual(["<member.joined>", "late"]);
    // Who was in before the change sees no more than before.
    expect(await read(bobs, group)).toEqual(["<member.added>", "<member.joined>", "late"]);

    await showHistory(group, false);
    expect((await historyAll(cids, group.conversationId)).map(textOf)).toEqual(all);
    await remove(ann, group, cid);
    await sendText(anns, { groupId: group.groupId }, "away");
    await add(ann, group, cid);
    expect(await read(cids, group)).toEqual([...all, "<member.removed>", "<member.added>"]);
    // Coming back while it is shown closes the gap as well, and shows nothing twice.
    await remove(ann, group, cid);
    await showHistory(group, true);
    await add(ann, group, cid);
    expect((await historyAll(cids, group.conversationId, 3)).map(textOf)).toEqual([
      ...all,
      "<member.removed>",
      "away",
      "<member.added>",
      "<member.removed>",
      "<member.added>",
    ]);
  });

  it("who makes a group large by a link loses nothing, and neither do those who were there", async () => {
    const [ann, bob, cid, dan] = await at.people("Ann", "Bob", "Cid", "Dan");
    const [anns, dans] = await at.connectAll(ann, dan);
    const group = await ann.createGroup("Group", [bob, cid]);
    const { token } = await invite(ann, group);
    await sendText(anns, { groupId: group.groupId }, "before");
    await accept(dan, token);
    await sendText(anns, { groupId: group.groupId }, "after");

    const large = { large: true };
    expect(await viewOf(anns, group)).toMatchObject(large);
    expect(await viewOf(dans, group)).toMatchObject({ ...large, lastSeq: 4, readSeq: 2, unread: 2 });
    expect(await read(dans, group)).toEqual(["<member.joined>", "after"]);
    expect(await read(anns, group)).toEqual(["<group.created>", "before", "<member.joined>", "after"]);
    const { groups } = await dans.ok("sync:pull", { cursor: 0 });
    expect(groups).toMatchObject([{ conversationId: group.conversationId, lastSeq: 4 }]);
    await dans.pushedEntry(({ type }) => type === "conversation");
    expect((await pullAll(dans)).map(({ type }) => type)).toContain("conversation");
  });

  it("a group that many join at once has each of them once, and its messages without a hole", async () => {
    const [ann, ...guests] = await at.people("Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Gus");
    const [anns] = await at.connectAll(ann);
    const group = await ann.createGroup("Group", []);
    const { token } = await invite(ann, group);
    await Promise.all(guests.flatMap((guest) => [accept(guest, token), accept(guest, token)]));
    const messages = await historyAll(anns, group.conversationId);
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const comers = messages
      .slice(1)
      .map(({ content }) => (content.kind === "system" && content.event === "member.joined" ? content.by : ""));
    expect(comers.toSorted()).toEqual(guests.map(({ userId }) => userId).toSorted());
  });
});
