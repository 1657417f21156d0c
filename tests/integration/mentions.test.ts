import { randomUUID } from "node:crypto";
import type { Mentions, SendResponse, Target } from "@im-webapp/protocol";
import { MAX_MENTION_SEQS } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { add, remove, viewOf } from "./group-calls.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer({ FANOUT_MAX_MEMBERS: "3" });

const name = (from: Connection, to: Target, mentions?: Mentions): Promise<SendResponse> =>
  from.ok("message:send", {
    clientMessageId: randomUUID(),
    to,
    content: { kind: "text", text: "hello" },
    ...(mentions !== undefined && { mentions }),
  });

/** A group of three, which is the most that is written to each timeline; with `isLarge` one of four. */
async function team(isLarge = false) {
  const [ann, bob, cid, dai] = await at.people("Ann", "Bob", "Cid", "Dai");
  const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
  const group = await ann.createGroup("Team", isLarge ? [bob, cid, dai] : [bob, cid]);
  const to = { groupId: group.groupId };
  const { conversationId } = group;
  const seqsOf = async (connection: Connection) => {
    const { mentioned, mentionSeqs } = await viewOf(connection, group);
    expect(mentioned ?? false).toBe((mentionSeqs ?? []).length > 0);
    return mentionSeqs ?? [];
  };
  return { ann, bob, cid, dai, anns, bobs, cids, group, to, conversationId, seqsOf };
}

describe.each([
  ["a small group", false],
  ["a large group", true],
])("mentions in %s", (_name, isLarge) => {
  it("are told to those named, everybody included, and never to the sender", async () => {
    const { ann, bob, anns, bobs, cids, to, seqsOf } = await team(isLarge);
    const first = await name(anns, to, [bob.userId, ann.userId]);
    await name(anns, to);
    const all = await name(anns, to, "all");
    expect(await seqsOf(bobs)).toEqual([first.seq, all.seq]);
    expect(await seqsOf(cids)).toEqual([all.seq]);
    expect(await seqsOf(anns)).toEqual([]);
  });

  it("go with reading, as far as that goes, and with sending", async () => {
    const { bob, anns, bobs, cids, to, conversationId, seqsOf } = await team(isLarge);
    const first = await name(anns, to, [bob.userId]);
    const second = await name(anns, to, "all");
    await bobs.ok("read:mark", { conversationId, seq: first.seq });
    expect(await seqsOf(bobs)).toEqual([second.seq]);
    await name(bobs, to);
    expect(await seqsOf(bobs)).toEqual([]);
    expect(await seqsOf(cids)).toEqual([second.seq]);
  });

  it("go with the recall of the message, and stay with its edit", async () => {
    const { bob, anns, bobs, to, conversationId, seqsOf } = await team(isLarge);
    const first = await name(anns, to, [bob.userId]);
    const second = await name(anns, to, [bob.userId]);
    await anns.ok("message:edit", { conversationId, seq: first.seq, content: { kind: "text", text: "anew" } });
    await anns.ok("message:recall", { conversationId, seq: second.seq });
    expect(await seqsOf(bobs)).toEqual([first.seq]);
  });

  it("are none of those who cannot see the message", async () => {
    const { ann, bob, dai, anns, to, group } = await team(isLarge);
    await name(anns, to, [dai.userId]);
    await name(anns, to, "all");
    if (isLarge) await remove(ann, group, dai);
    await remove(ann, group, bob);
    await name(anns, to, [bob.userId, dai.userId]);
    await add(ann, group, dai);
    const after = await name(anns, to, [dai.userId]);
    const dais = await at.connect(dai);
    expect((await viewOf(dais, group)).mentionSeqs).toEqual([after.seq]);
    const bobs = await at.connect(bob);
    expect((await viewOf(bobs, group)).mentionSeqs).toHaveLength(1);
  });
});

it("tells the newest of very many, and the state of a large group with its first pull", async () => {
  const { bob, anns, to, group } = await team(true);
  const seqs: number[] = [];
  for (let n = 0; n < MAX_MENTION_SEQS + 3; n += 1) seqs.push((await name(anns, to, "all")).seq);
  const bobs = await at.connect(await bob.login());
  const newest = seqs.slice(-MAX_MENTION_SEQS);
  const { groups } = await bobs.ok("sync:pull", { cursor: 0 });
  expect(groups?.find(({ conversationId }) => conversationId === group.conversationId)?.mentionSeqs).toEqual(newest);
  expect((await viewOf(bobs, group)).mentionSeqs).toEqual(newest);
});

it("mentions in a direct chat are told as well", async () => {
  const [ann, bob] = await at.people("Ann", "Bob");
  const [anns, bobs] = await at.connectAll(ann, bob);
  const { seq, conversationId } = await name(anns, { userId: bob.userId }, [bob.userId]);
  const { conversations } = await bobs.ok("sync:bootstrap", {});
  expect(conversations.find((one) => one.conversationId === conversationId)).toMatchObject({
    mentioned: true,
    mentionSeqs: [seq],
  });
});
