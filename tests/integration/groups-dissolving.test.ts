import { randomUUID } from "node:crypto";
import type { Group } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { membersPath, read, viewOf } from "./group-calls.ts";
import { codeOf, restCodeOf, textOf, useServer } from "./one-server.ts";

describe.each([
  ["small", "500"],
  ["large", "2"],
])("dissolving a %s group", (_size, fanoutMaxMembers) => {
  const at = useServer({ env: { FANOUT_MAX_MEMBERS: fanoutMaxMembers } });
  const path = ({ groupId }: Group) => `/api/v1/groups/${groupId}`;

  it("lets everybody leave it, keeps what was said, and takes nothing more", async () => {
    const [ann, bob, cid, dai] = await at.people("Ann", "Bob", "Cid", "Dai");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const made = await ann.createGroup("Group", [bob, cid, dai]);
    await sendText(bobs, { groupId: made.groupId }, "last words");
    expect(await ann.rest("DELETE", path(made))).toMatchObject({ dissolvedAt: expect.any(Number) as number });

    const cids = await at.connect(cid);
    for (const connection of [anns, bobs, cids]) {
      await waitFor(async () => (await viewOf(connection, made)).left === true, { what: "the leaving" });
      const view = await viewOf(connection, made);
      expect(view).toMatchObject({ left: true, dissolved: true, lastSeq: 3 });
      expect(view).not.toHaveProperty("large");
      expect(await read(connection, made)).toEqual(["<group.created>", "last words", "<group.dissolved>"]);
      const last = (await pullAll(connection)).slice(-2);
      expect(last).toMatchObject([
        { type: "conversation", conversation: { left: true, dissolved: true } },
        { type: "message", message: { content: { event: "group.dissolved", by: ann.userId } } },
      ]);
    }
    const send = { clientMessageId: randomUUID(), to: { groupId: made.groupId }, content: { kind: "text", text: "?" } };
    for (const connection of [anns, bobs, cids])
      expect(await codeOf(connection, "message:send", send)).toBe("NOT_MEMBER");
    const calls: [string, string, object?][] = [
      ["GET", path(made)],
      ["PATCH", path(made), { name: "Again" }],
      ["DELETE", path(made)],
      ["GET", membersPath(made)],
      ["POST", membersPath(made), { userIds: [bob.userId] }],
      ["DELETE", membersPath(made, bob)],
      ["PATCH", membersPath(made, bob), { alias: "x" }],
    ];
    for (const [method, address, body] of calls) {
      expect(await restCodeOf(at.url, method, address, { token: ann.token, body })).toBe("403 NOT_MEMBER");
    }
  });

  it("refuses from the first moment on, and is finished by the next start", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const made = await ann.createGroup("Group", [bob, cid]);
    // As a crash behind the first commit leaves it.
    await at.restart(async (database) => {
      await database.run(
        `UPDATE \`group\` SET dissolved_at = '2026-01-01 00:00:00.000' WHERE group_id = '${made.groupId}'`,
      );
    });
    const bobs = await at.connect(await bob.login(at.url));
    await waitFor(async () => (await viewOf(bobs, made)).left === true, { what: "the leaving" });
    const messages = (await pullAll(bobs)).flatMap((entry) =>
      entry.type === "message" ? [textOf(entry.message)] : [],
    );
    expect(messages).toContain("<group.created>");
  });
});
