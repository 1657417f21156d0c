import { type ExportResponse, exportResponse } from "@im-webapp/protocol";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { PASSWORD, type Person, historyAll, pullAll, sendText } from "../support/people.ts";
import { rest, restOk } from "../support/rest.ts";
import { waitFor } from "../support/wait-for.ts";
import { apply, answer as decide } from "./contact-calls.ts";
import { restCodeOf, textsOf, useServer } from "./one-server.ts";
import { refusalOf, tryLogin } from "./security-calls.ts";

const at = useServer();

interface Record_ {
  readonly type: string;
  readonly [name: string]: unknown;
}

async function beginExport(person: Person): Promise<string> {
  const answer = await person.rest<ExportResponse>("POST", "/api/v1/me/export", { password: PASSWORD });
  return exportResponse.strict().parse(answer).path;
}

async function download(path: string): Promise<Record_[]> {
  const response = await fetch(at.url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="im-webapp-.*\.jsonl"$/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const text = await response.text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record_);
}

describe("an export", () => {
  it("has all that the user may see, and nothing else", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs, cids] = await at.connectAll(ann, bob, cid);
    const group = await bob.createGroup("Garden", [cid]);
    await sendText(bobs, { groupId: group.groupId }, "before Ann");
    await bob.rest("POST", `/api/v1/groups/${group.groupId}/members`, { userIds: [ann.userId] });
    // More than one page of what the server reads at a time.
    const many = Array.from({ length: 250 }, (_, number) => sendText(anns, { groupId: group.groupId }, `n${number}`));
    await Promise.all(many);
    await sendText(bobs, { userId: ann.userId }, "for Ann");
    await sendText(bobs, { userId: cid.userId }, "not for Ann");
    await sendText(cids, { groupId: group.groupId }, "the last");

    const records = await download(await beginExport(ann));
    const ofType = (type: string) => records.filter((record) => record.type === type);
    expect(records[0]).toMatchObject({ type: "export", format: 1 });
    expect(ofType("profile")).toMatchObject([{ userId: ann.userId, username: ann.username }]);
    expect(ofType("device")).toMatchObject([{ deviceId: ann.deviceId }]);
    expect(ofType("group")).toMatchObject([{ groupId: group.groupId, name: "Garden" }]);
    expect(ofType("conversation")).toHaveLength(2);
    const visible = (await historyAll(anns, group.conversationId)).map(({ messageId }) => messageId);
    const exported = ofType("message").filter(({ conversationId }) => conversationId === group.conversationId);
    expect(exported.map(({ messageId }) => messageId)).toEqual(visible);
    const text = JSON.stringify(records);
    for (const [part, isIn] of [
      ["for Ann", true],
      ["the last", true],
      ["before Ann", false],
      ["not for Ann", false],
      [ann.token, false],
    ] as const) {
      expect([part, text.includes(`"${part}"`)]).toEqual([part, isIn]);
    }
    expect(records.at(-1)).toEqual({ type: "end", messages: ofType("message").length });
  });

  it("has stars, applications, what edited messages said before, and where something was deleted", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { conversationId } = await sendText(bobs, { userId: ann.userId }, "first text");
    const place = (seq: number) => ({ conversationId, seq });
    for (const text of ["second text", "third text"]) {
      await bobs.ok("message:edit", { ...place(1), content: { kind: "text", text } });
    }
    await sendText(bobs, { userId: ann.userId }, "never seen again");
    await sendText(anns, { userId: bob.userId }, "taken back at first");
    await anns.ok("message:edit", { ...place(3), content: { kind: "text", text: "taken back later" } });
    await anns.ok("message:recall", place(3));
    await anns.ok("message:star", { ...place(1), on: true });
    await anns.ok("message:delete", place(2));
    const made = await apply(ann, cid, "hello, Cid");
    await decide(ann, await apply(eve, ann, "hello, Ann"), "refuse");
    await apply(eve, bob, "hello, Bob");

    const records = await download(await beginExport(ann));
    const ofType = (type: string) => records.filter((record) => record.type === type);
    expect(ofType("star")).toEqual([{ type: "star", ...place(1), starredAt: expect.any(Number) as unknown }]);
    expect(ofType("earlierText")).toMatchObject([
      { ...place(1), version: 2, content: { text: "second text" } },
      { ...place(1), version: 1, content: { text: "first text" } },
    ]);
    expect(ofType("deletion")).toEqual([{ type: "deletion", ...place(2) }]);
    expect(ofType("message").map(({ seq }) => seq)).toEqual([1, 3]);
    expect(ofType("application")).toMatchObject([
      { applicationType: "friend", applicant: eve.userId, status: "refused", description: "hello, Ann" },
      { applicationId: made.applicationId, applicationType: "friend", target: cid.userId, status: "pending" },
    ]);
    const text = JSON.stringify(records);
    for (const hidden of ["never seen again", "taken back", "hello, Bob"]) expect(text).not.toContain(hidden);
    expect(records.at(-1)).toEqual({ type: "end", messages: 2 });
  });

  it("is given to its user alone, once, while the session lives that asked for it", async () => {
    const ann = await at.person("Ann");
    expect(await refusalOf(ann, "POST", "/me/export", {})).toBe('403 FORBIDDEN {"password":"required"}');
    const path = await beginExport(ann);
    expect((await download(path)).at(-1)).toMatchObject({ type: "end" });
    expect(await restCodeOf(at.url, "GET", path)).toBe("404 NOT_FOUND");
    expect(await restCodeOf(at.url, "GET", "/api/v1/exports/made-up")).toBe("404 NOT_FOUND");

    const tablet = await ann.login();
    const lost = await beginExport(tablet);
    await ann.rest("DELETE", `/api/v1/me/devices/${tablet.deviceId}`);
    expect(await restCodeOf(at.url, "GET", lost)).toBe("404 NOT_FOUND");
  });
});

describe("an account that is deleted", () => {
  const end = (person: Person) => refusalOf(person, "POST", "/me/delete", { password: PASSWORD });

  async function endOf(connection: Connection): Promise<string | undefined> {
    await waitFor(() => connection.socket.disconnected, { what: "the end of the socket" });
    return connection.revoked?.reason;
  }

  it("needs the password, ends every session, and frees its names", async () => {
    const ann = await at.person("Ann");
    const tablet = await ann.login();
    const [one, two] = await at.connectAll(ann, tablet);
    expect(await refusalOf(ann, "POST", "/me/delete", { password: "wrong one" })).toBe(
      '403 FORBIDDEN {"password":"wrong"}',
    );
    expect(await end(ann)).toBe("200");
    expect(await Promise.all([one, two].map(endOf))).toEqual(["revoked", "revoked"]);
    for (const { token } of [ann, tablet]) {
      expect(await restCodeOf(at.url, "GET", "/api/v1/me", { token })).toBe("401 UNAUTHENTICATED");
    }
    expect((await tryLogin(ann)).outcome).toBe("401 UNAUTHENTICATED");
    const again = await rest(at.url, "POST", "/api/v1/auth/register", {
      body: {
        username: ann.username,
        password: PASSWORD,
        displayName: "Another",
        device: { deviceId: ann.deviceId, name: "test" },
      },
    });
    expect(again.status).toBe(201);
    expect(again.body).not.toMatchObject({ user: { userId: ann.userId } });
  });

  it("leaves its groups and a tombstone behind, which others see at once and later", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const group = await ann.createGroup("Garden", [bob, cid]);
    const sent = await sendText(anns, { userId: bob.userId }, "remember me");
    await bobs.pushedText("remember me");
    expect(await end(ann)).toBe("200");

    await waitFor(() => textsOf(bobs.pushed).includes("<member.left>"), { what: "Ann's leaving" });
    expect(textsOf(await pullAll(await at.connect(cid)))).toContain("<member.left>");

    expect(await bob.rest("GET", `/api/v1/groups/${group.groupId}`)).toMatchObject({ memberCount: 2 });
    const { ownerId } = await bob.rest<{ ownerId: string }>("GET", `/api/v1/groups/${group.groupId}`);
    expect([bob.userId, cid.userId]).toContain(ownerId);
    const seen = await bob.rest<Record<string, unknown>>("GET", `/api/v1/users/${ann.userId}`);
    expect(seen).toMatchObject({ userId: ann.userId, deleted: true });
    expect(JSON.stringify(seen)).not.toContain(ann.username);
    const kept = await historyAll(bobs, sent.conversationId);
    expect(kept.map(({ content }) => content)).toContainEqual({ kind: "text", text: "remember me" });
  });

  it("is told to those who know it, ends contacts, and takes its portrait, stars and blocks along", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const { applicationId } = await ann.rest<{ applicationId: string }>("POST", "/api/v1/applications", {
      type: "friend",
      target: bob.userId,
    });
    await bob.rest("POST", `/api/v1/applications/${applicationId}/accept`);
    await ann.rest("POST", "/api/v1/blocks", { userId: cid.userId });
    const { conversationId, seq } = await sendText(anns, { userId: bob.userId }, "remember me");
    await anns.ok("message:star", { conversationId, seq, on: true });
    const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#0a0" } })
      .png()
      .toBuffer();
    const put = await fetch(`${at.url}/api/v1/me/avatar`, {
      method: "PUT",
      headers: { authorization: `Bearer ${ann.token}`, "content-type": "image/png" },
      body: new Uint8Array(picture),
    });
    const { avatar } = (await put.json()) as { avatar: string };

    expect(await end(ann)).toBe("200");
    await waitFor(
      () =>
        bobs.pushed.some((entry) => entry.type === "user" && entry.user.userId === ann.userId && entry.user.deleted),
      { what: "the news of Ann's end" },
    );
    expect(await bob.rest("GET", "/api/v1/contacts")).toMatchObject({ contacts: [] });
    const portrait = await fetch(at.url + avatar);
    expect(portrait.status).toBe(404);
    const left = await at.raw(async (database) => {
      const rows = await Promise.all(["star", "block", "contact"].map((table) => database.rows(table)));
      return rows.flat().filter((row) => row["user_id"] === ann.userId);
    });
    expect(left).toEqual([]);
  });

  it("is found by nobody, and nothing new begins with it", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const bobs = await at.connect(bob);
    expect(await end(ann)).toBe("200");
    const found = await bob.rest<{ users: unknown[] }>(
      "GET",
      `/api/v1/users?query=${encodeURIComponent(ann.username)}`,
    );
    expect(found.users).toEqual([]);
    const byTombstone = await restOk<{ users: unknown[] }>(at.url, "GET", "/api/v1/users?query=deleted", {
      token: bob.token,
    });
    expect(byTombstone.users).toEqual([]);
    await expect(sendText(bobs, { userId: ann.userId }, "are you there")).rejects.toMatchObject({
      error: { code: "NOT_FOUND" },
    });
    expect(await refusalOf(bob, "POST", "/groups", { name: "G", memberIds: [ann.userId] })).toMatch("404 NOT_FOUND");
  });

  it("is brought to its end when the server stopped in between", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const group = await bob.createGroup("Garden", [ann]);
    const stopped = `UPDATE \`user\` SET deleted_at = '2026-01-01 00:00:00.000', erased_at = NULL WHERE user_id = '${ann.userId}'`;
    await at.restart((database) => database.run(stopped));
    await waitFor(
      async () => {
        const { memberCount } = await restOk<{ memberCount: number }>(
          at.url,
          "GET",
          `/api/v1/groups/${group.groupId}`,
          { token: bob.token },
        );
        return memberCount === 1;
      },
      { what: "Ann's leaving" },
    );
  });
});
