import { type InvitationsResponse, ROLES, invitationsResponse } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { pullAll, sendText } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import { listMembers, read, remove, viewOf } from "./group-calls.ts";
import { accept, acceptPath, invitationsPath, invite, setGroup, setRole, show } from "./joining-calls.ts";
import { restCodeOf, textOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

describe("an invitation", () => {
  it("shows where it leads, and brings in whoever has it, told to everybody", async () => {
    const [ann, bob, eve] = await at.people("Ann", "Bob", "Eve");
    const [anns, eves] = await at.connectAll(ann, eve);
    const group = await ann.createGroup("三人行", [bob]);
    const made = await invite(bob, group);
    expect(made).toMatchObject({ groupId: group.groupId, createdBy: bob.userId, uses: 0, state: "open" });

    const card = await show(eve, made.token);
    expect(card).toMatchObject({
      state: "open",
      joining: "join",
      inviter: { userId: bob.userId, displayName: "Bob" },
      group: { groupId: group.groupId, name: "三人行", memberCount: 2, isMember: false },
    });
    expect(card.group).not.toHaveProperty("conversationId");

    expect((await accept(eve, made.token)).group).toMatchObject({
      isMember: true,
      conversationId: group.conversationId,
      memberCount: 3,
    });
    const joined = await anns.pushedEntry(
      (entry) => entry.type === "message" && textOf(entry.message) === "<member.joined>",
      "the joining",
    );
    expect(joined).toMatchObject({ message: { content: { by: eve.userId, inviterId: bob.userId } } });
    await eves.pushedEntry((entry) => entry.type === "message");
    // The conversation comes before the message that says so, on every device and by pull as by push.
    expect((await pullAll(eves)).map(({ type }) => type)).toEqual(["conversation", "message"]);
    expect(eves.pushed).toEqual(await pullAll(eves));
    expect(await viewOf(eves, group)).toMatchObject({ unread: 1, readSeq: 1 });
    await sendText(eves, { groupId: group.groupId }, "hello");
  });

  it("counts whoever comes in by it, and nobody who is in already", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const group = await ann.createGroup("Group", []);
    const { token } = await invite(ann, group);
    await accept(bob, token);
    await accept(bob, token);
    await accept(ann, token);
    const { invitations } = await ann.rest<InvitationsResponse>("GET", invitationsPath(group));
    expect(invitations).toMatchObject([{ token, uses: 1, state: "open" }]);
    const [anns] = await at.connectAll(ann);
    expect((await read(anns, group)).filter((text) => text === "<member.joined>")).toHaveLength(1);
  });

  it("with one use lets one in, of many who come at once", async () => {
    const [ann, ...guests] = await at.people("Ann", "Bob", "Cid", "Dan", "Eve", "Fay");
    const group = await ann.createGroup("Group", []);
    const { token } = await invite(ann, group, { maxUses: 1 });
    const codes = await Promise.all(
      guests.map((guest) => restCodeOf(at.url, "POST", acceptPath(token), { token: guest.token, body: {} })),
    );
    expect(codes.toSorted()).toEqual(["200", ...Array<string>(4).fill("403 FORBIDDEN")]);
    expect(Object.keys(await listMembers(ann, group))).toHaveLength(2);
    expect(await show(guests[0], token)).toMatchObject({ state: "full" });
  });

  it("ends when it expires, and says so", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const group = await ann.createGroup("Group", []);
    const expiresAt = Date.now() + 1_000;
    const { token } = await invite(ann, group, { expiresAt });
    expect(await show(bob, token)).toMatchObject({ state: "open" });
    await waitFor(() => Date.now() > expiresAt);
    expect(await show(bob, token)).toMatchObject({ state: "expired" });
    expect(await restCodeOf(at.url, "POST", acceptPath(token), { token: bob.token, body: {} })).toBe("403 FORBIDDEN");
    const past = { token: ann.token, body: { expiresAt: Date.now() - 1 } };
    expect(await restCodeOf(at.url, "POST", invitationsPath(group), past)).toBe("400 BAD_REQUEST");
  });

  it("is revoked by its maker or an admin, and by nobody else", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const group = await ann.createGroup("Group", [bob, cid]);
    const [bobs, anns] = [await invite(bob, group), await invite(ann, group)];
    const revoke = (person: typeof ann, token: string) =>
      restCodeOf(at.url, "DELETE", invitationsPath(group, token), { token: person.token });
    expect(await revoke(cid, bobs.token)).toBe("404 NOT_FOUND");
    expect(await revoke(bob, anns.token)).toBe("404 NOT_FOUND");
    expect(await revoke(eve, bobs.token)).toBe("404 NOT_FOUND");
    expect(await revoke(ann, "nothing")).toBe("404 NOT_FOUND");
    expect(await revoke(bob, bobs.token)).toBe("200");
    expect(await revoke(ann, bobs.token)).toBe("200");
    expect(await show(eve, bobs.token)).toMatchObject({ state: "revoked" });
    expect(await restCodeOf(at.url, "POST", acceptPath(bobs.token), { token: eve.token, body: {} })).toBe(
      "403 FORBIDDEN",
    );
    expect(await restCodeOf(at.url, "GET", "/api/v1/invitations/nothing", { token: eve.token })).toBe("404 NOT_FOUND");
    expect(await restCodeOf(at.url, "POST", acceptPath("nothing"), { token: eve.token, body: {} })).toBe(
      "404 NOT_FOUND",
    );
  });

  it("lasts no longer than its maker may add", async () => {
    const [ann, bob, cid] = await at.people("Ann", "Bob", "Cid");
    const group = await ann.createGroup("Group", [bob]);
    const { token } = await invite(bob, group);
    await at.raw((database) => setGroup(database, group, "who_may_add = 'admins'"));
    expect(await show(cid, token)).toMatchObject({ state: "revoked", joining: "closed" });
    expect(await restCodeOf(at.url, "POST", acceptPath(token), { token: cid.token, body: {} })).toBe("403 FORBIDDEN");
    expect(await restCodeOf(at.url, "POST", invitationsPath(group), { token: bob.token, body: {} })).toBe(
      "403 FORBIDDEN",
    );
    await at.raw((database) => setRole(database, group, bob, ROLES.admin));
    expect(await show(cid, token)).toMatchObject({ state: "open" });
    await remove(bob, group, bob);
    expect(await show(cid, token)).toMatchObject({ state: "revoked" });
    expect(await restCodeOf(at.url, "POST", acceptPath(token), { token: cid.token, body: {} })).toBe("403 FORBIDDEN");
    expect(await restCodeOf(at.url, "POST", invitationsPath(group), { token: bob.token, body: {} })).toBe(
      "403 NOT_MEMBER",
    );
  });

  it("is listed in pages, the newest first: all to an admin, to a member their own", async () => {
    const [ann, bob, eve] = await at.people("Ann", "Bob", "Eve");
    const group = await ann.createGroup("Group", [bob]);
    const made: string[] = [];
    for (const maker of [ann, bob, ann, bob, ann]) made.unshift((await invite(maker, group)).token);
    const all: string[] = [];
    for (let page: string | undefined, more = true; more;) {
      const query = `?limit=2${page === undefined ? "" : `&page=${encodeURIComponent(page)}`}`;
      const answer = invitationsResponse.strict().parse(await ann.rest("GET", invitationsPath(group) + query));
      expect(answer.invitations.length).toBeLessThanOrEqual(2);
      all.push(...answer.invitations.map(({ token }) => token));
      ({ page, more } = answer);
    }
    expect(all.toSorted()).toEqual(made.toSorted());
    const own = await bob.rest<InvitationsResponse>("GET", invitationsPath(group));
    expect(own.invitations.map(({ createdBy }) => createdBy)).toEqual([bob.userId, bob.userId]);
    expect(await restCodeOf(at.url, "GET", invitationsPath(group), { token: eve.token })).toBe("404 NOT_FOUND");
  });
});
