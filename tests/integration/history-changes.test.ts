import { type Message, changesResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { sendText } from "../support/people.ts";
import { add } from "./group-calls.ts";
import { codeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const text = (words: string) => ({ kind: "text" as const, text: words });

/** The message as the conversation shows it. */
async function stored(connection: Connection, conversationId: string, seq: number): Promise<Message | undefined> {
  return (await connection.ok("history:pull", { conversationId, around: seq, limit: 1 })).messages[0];
}

describe("history:changes", () => {
  it("gives each changed message once, in its newest version, in the order of its last change, page by page", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { conversationId } = await sendText(anns, { userId: bob.userId }, "hello");
    for (let n = 2; n <= 5; n += 1) await sendText(anns, { conversationId }, String(n));
    for (const seq of [1, 2, 3, 4, 5, 2])
      await bobs.ok("message:react", { conversationId, seq, emoji: "👍", on: true });
    await anns.ok("message:edit", { conversationId, seq: 3, content: text("three") });
    await bobs.ok("message:react", { conversationId, seq: 2, emoji: "👍", on: false });
    // Changes 1 to 5 put the reactions, 6 edits the third and 7 takes the second's reaction away.
    for (const limit of [1, 2, 3, 4, 5, 500]) {
      const seen: Message[] = [];
      for (let after = 0, more = true; more;) {
        const page = changesResponse.strict().parse(await bobs.ok("history:changes", { conversationId, after, limit }));
        expect(page.messages.length).toBeLessThanOrEqual(limit);
        seen.push(...page.messages);
        ({ changeSeq: after, more } = page);
        if (!more) expect(after).toBe(7);
      }
      expect(seen.map(({ seq, version }) => [seq, version])).toEqual([
        [1, 2],
        [4, 2],
        [5, 2],
        [3, 3],
        [2, 3],
      ]);
      expect(seen).toEqual(await Promise.all(seen.map(({ seq }) => stored(bobs, conversationId, seq))));
    }
    expect(await bobs.ok("history:changes", { conversationId, after: 7 })).toEqual({
      messages: [],
      changeSeq: 7,
      more: false,
    });
  });

  it("counts changes that the caller may not see, and does not give them", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const made = await ann.createGroup("Team", [bob]);
    const place = await sendText(bobs, { groupId: made.groupId }, "hello").then(({ conversationId: id, seq }) => ({
      conversationId: id,
      seq,
    }));
    const { conversationId } = place;
    const dai = await at.person("Dai");
    await add(ann, made, dai);
    const dais = await at.connect(dai);
    const late = await sendText(anns, { groupId: made.groupId }, "for Dai as well");
    await bobs.ok("message:edit", { ...place, content: text("not for Dai") });
    await anns.ok("message:edit", { conversationId, seq: late.seq, content: text("for Dai, too") });
    await bobs.ok("message:react", { ...place, emoji: "👍", on: true });
    expect(await dais.ok("history:changes", { conversationId, after: 0 })).toMatchObject({
      messages: [{ seq: late.seq }],
      changeSeq: 3,
      more: false,
    });
    // Pages of one change each end, though most of them have nothing to show.
    let seen = 0;
    for (let after = 0, more = true; more; seen += 1) {
      ({ changeSeq: after, more } = await dais.ok("history:changes", { conversationId, after, limit: 1 }));
    }
    expect(seen).toBe(2);
    const eves = await at.connect(await at.person("Eve"));
    expect(await codeOf(eves, "history:changes", { conversationId, after: 0 })).toBe("NOT_FOUND");
  });
});
