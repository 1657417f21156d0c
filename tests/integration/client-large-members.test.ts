import { randomUUID } from "node:crypto";
import type { Group } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { waitFor } from "../support/wait-for.ts";
import { conversation, scroll, shows, useClients } from "./client-calls.ts";
import { add, remove } from "./group-calls.ts";
import { textOf, useSharedServer } from "./one-server.ts";
import { WatchedClient } from "./watched-client.ts";

const at = useSharedServer({ FANOUT_MAX_MEMBERS: "3" });
const clients = useClients(() => at.url);

const tell = (connection: Connection, { groupId }: Group, text: string) =>
  connection.ok("message:send", { clientMessageId: randomUUID(), to: { groupId }, content: { kind: "text", text } });

const edit = (connection: Connection, { conversationId }: Group, seq: number, text: string) =>
  connection.ok("message:edit", { conversationId, seq, content: { kind: "text", text } });

const recall = (connection: Connection, { conversationId }: Group, seq: number) =>
  connection.ok("message:recall", { conversationId, seq });

/**
 * A group of three, small, that Bob has made; whoever of Dai and Eve comes makes it large. Ann has the client library
 * and is in it or not.
 */
async function team(withAnn = true) {
  const [annPerson, bob, cid, dai, eve] = await at.people("Ann", "Bob", "Cid", "Dai", "Eve");
  const bobs = await at.connect(bob);
  const ann = await WatchedClient.signIn(at, clients, annPerson);
  const group = await bob.createGroup("Team", withAnn ? [annPerson, cid] : [cid]);
  const { conversationId } = group;
  if (withAnn) {
    ann.client.openConversation(conversationId);
    await shows(ann.client, conversationId, ["system"]);
  }
  return { ann, annPerson, bob, bobs, cid, dai, eve, group, conversationId };
}

type Team = Awaited<ReturnType<typeof team>>;

/** Once there and back, or only there; everything that can change changes in each of the two states. */
async function cross({ bob, bobs, dai, group }: Team, round: number, back = true): Promise<void> {
  const small = await tell(bobs, group, `small ${round}`);
  const secret = await tell(bobs, group, `small secret ${round}`);
  await add(bob, group, dai);
  const large = await tell(bobs, group, `large ${round}`);
  await edit(bobs, group, small.seq, `small ${round}, edited while large`);
  await recall(bobs, group, secret.seq);
  await tell(bobs, group, `large again ${round}`);
  if (!back) return;
  await remove(bob, group, dai);
  await edit(bobs, group, large.seq, `large ${round}, edited while small`);
  await tell(bobs, group, `small again ${round}`);
}

describe("a group that crosses the threshold", () => {
  it("loses and repeats nothing for a member online, there and back", async () => {
    const here = await team();
    const { ann, conversationId } = here;
    for (let round = 0; round < 4; round += 1) await cross(here, round);
    await ann.isComplete(conversationId);
    expect(conversation(ann.client, conversationId)).not.toHaveProperty("large");
    await cross(here, 4, false);
    await ann.isComplete(conversationId);
    expect(conversation(ann.client, conversationId)).toMatchObject({ large: true, unread: 35 - 1 });
  });

  it("loses and repeats nothing when half of the pushes are lost", async () => {
    const here = await team();
    const { ann, bobs, group, conversationId } = here;
    let count = 0;
    ann.loses = ({ name }) => name.endsWith(":push") && (count += 1) % 2 === 0;
    for (let round = 0; round < 4; round += 1) await cross(here, round);
    ann.loses = () => false;
    await tell(bobs, group, "end");
    await ann.isComplete(conversationId);
  });

  for (const [name, rounds, ends] of [
    ["upwards", 0, "large"],
    ["there and back", 1, "small"],
    ["there and back, and upwards again", 2, "large"],
  ] as const) {
    it(`is complete for a member who was away while it went ${name}`, async () => {
      const here = await team();
      const { ann, bobs, group, conversationId } = here;
      await tell(bobs, group, "before");
      await shows(ann.client, conversationId, ["system", "before"]);
      await ann.goAway();
      await edit(bobs, group, 2, "before, edited");
      for (let round = 0; round < rounds; round += 1) await cross(here, round);
      if (ends === "large") await cross(here, rounds, false);
      await ann.comeBack();
      const truth = await ann.isComplete(conversationId);
      expect(truth.map(textOf)).toContain("before, edited");
      expect(conversation(ann.client, conversationId)?.large ?? false).toBe(ends === "large");
      expect(conversation(ann.client, conversationId)?.unread).toBe(truth.length);
      // What follows comes by whatever way is the group's now.
      ann.forget();
      await tell(bobs, group, "after");
      await edit(bobs, group, 2, "before, edited again");
      await ann.isComplete(conversationId);
    });
  }

  it("is complete for a member who was away while it went downwards", async () => {
    const here = await team();
    const { ann, bob, bobs, dai, group, conversationId } = here;
    await cross(here, 0, false);
    await ann.isComplete(conversationId);
    await ann.goAway();
    await tell(bobs, group, "while large");
    await edit(bobs, group, 2, "changed while large");
    await remove(bob, group, dai);
    const { seq } = await tell(bobs, group, "while small");
    await edit(bobs, group, 5, "changed while small");
    await edit(bobs, group, seq, "while small, edited");
    await ann.comeBack();
    await ann.isComplete(conversationId);
    expect(conversation(ann.client, conversationId)).not.toHaveProperty("large");
  });
});

describe("coming into a large group", () => {
  for (const online of [true, false]) {
    it(`shows what there is from then on, ${online ? "to one online" : "to one who was away"}`, async () => {
      const here = await team(false);
      const { ann, annPerson, bob, bobs, dai, eve, group, conversationId } = here;
      await add(bob, group, dai, eve);
      await tell(bobs, group, "before Ann");
      if (!online) await ann.goAway();
      await add(bob, group, annPerson);
      await edit(bobs, group, 3, "before Ann, edited");
      const { seq } = await tell(bobs, group, "for Ann");
      await edit(bobs, group, seq, "for Ann, edited");
      if (!online) await ann.comeBack();
      await waitFor(() => conversation(ann.client, conversationId)?.lastSeq === seq, { what: "the group" });
      const truth = await ann.isComplete(conversationId);
      expect(truth.map(textOf)).toEqual(["<member.added>", "for Ann, edited"]);
      expect(conversation(ann.client, conversationId)).toMatchObject({ large: true, unread: 2, readSeq: seq - 2 });
      await ann.client.markRead(conversationId, seq);
      await waitFor(() => conversation(ann.client, conversationId)?.unread === 0, { what: "the reading" });
    });
  }
});

describe("leaving a group and coming back", () => {
  for (const size of ["small", "large"] as const) {
    for (const online of [true, false]) {
      it(`a ${size} one, ${online ? "online" : "while away"}: shows nothing old of what may still be read`, async () => {
        const here = await team();
        const { ann, annPerson, bob, bobs, dai, eve, group, conversationId } = here;
        if (size === "large") await add(bob, group, dai, eve);
        const first = await tell(bobs, group, "first");
        const secret = await tell(bobs, group, "secret");
        await ann.isComplete(conversationId);

        if (!online) await ann.goAway();
        await remove(bob, group, annPerson);
        if (online) {
          await waitFor(() => conversation(ann.client, conversationId)?.left, { what: "having left" });
          expect((await scroll(ann.client, conversationId)).map(textOf).at(-1)).toBe("<member.removed>");
        }
        await edit(bobs, group, first.seq, "first, edited");
        await recall(bobs, group, secret.seq);
        // Without a message in between, nothing but the changes is missing.
        await add(bob, group, annPerson);
        if (!online) await ann.comeBack();
        await waitFor(() => conversation(ann.client, conversationId)?.left === undefined, { what: "being back" });
        const truth = await ann.isComplete(conversationId);
        expect(truth.map(textOf)).toContain("first, edited");
        expect(JSON.stringify(truth)).not.toContain('"secret"');

        // And once more, with messages in between that are not Ann's to read.
        await remove(bob, group, annPerson);
        await waitFor(() => conversation(ann.client, conversationId)?.left, { what: "having left" });
        await tell(bobs, group, "not for Ann");
        await edit(bobs, group, first.seq, "first, edited twice");
        if (!online) await ann.goAway();
        await add(bob, group, annPerson);
        await tell(bobs, group, "for Ann again");
        if (!online) await ann.comeBack();
        await waitFor(() => conversation(ann.client, conversationId)?.left === undefined, { what: "being back" });
        const again = (await ann.isComplete(conversationId)).map(textOf);
        expect(again).toContain("first, edited twice");
        expect(again).not.toContain("not for Ann");
        expect(again.at(-1)).toBe("for Ann again");
      });
    }
  }

  it("keeps one who has left out of what follows", async () => {
    const here = await team();
    const { ann, annPerson, bob, bobs, dai, group, conversationId } = here;
    await add(bob, group, dai);
    await remove(bob, group, annPerson);
    await waitFor(() => conversation(ann.client, conversationId)?.left, { what: "having left" });
    const { seq } = await tell(bobs, group, "without Ann");
    await ann.goAway();
    await ann.comeBack();
    await ann.isComplete(conversationId);
    expect(conversation(ann.client, conversationId)).toMatchObject({ left: true, lastSeq: seq - 1 });
  });
});
