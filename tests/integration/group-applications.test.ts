import {
  type Application,
  type ApplicationsResponse,
  type Group,
  ROLES,
  application,
  groupCardResponse,
  membershipResponse,
} from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import type { Connection } from "../support/connection.ts";
import { type Person, pullAll, sendText } from "../support/people.ts";
import { add, listMembers, membersPath, read, remove } from "./group-calls.ts";
import { accept, invite, setGroup, setRole, show } from "./joining-calls.ts";
import { restCodeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const apply = async (person: Person, { groupId }: Group, description = "") =>
  application
    .strict()
    .parse(await person.rest("POST", "/api/v1/applications", { type: "group", target: groupId, description }));

const answerPath = ({ applicationId }: Application, answer: "accept" | "refuse") =>
  `/api/v1/applications/${applicationId}/${answer}`;

const answer = (person: Person, to: Application, word: "accept" | "refuse") =>
  person.rest<Application>("POST", answerPath(to, word), {});

const withdraw = (person: Person, { applicationId }: Application) =>
  person.rest<Application>("DELETE", `/api/v1/applications/${applicationId}`);

const list = async (person: Person) =>
  (await person.rest<ApplicationsResponse>("GET", "/api/v1/applications")).applications;

/** The states of applications that somebody's timeline tells of, in their order. */
const told = async (connection: Connection) =>
  (await pullAll(connection)).flatMap((entry) =>
    entry.type === "contact" && entry.application ? [entry.application.status] : [],
  );

/** A group with an admin besides its owner, and a member, whose admins approve who joins. */
async function approvalGroup(owner: Person, admin: Person, member: Person): Promise<Group> {
  const group = await owner.createGroup("Group", [admin, member]);
  await at.raw(async (database) => {
    await setGroup(database, group, "join_policy = 'approval'");
    await setRole(database, group, admin, ROLES.admin);
  });
  return group;
}

describe("applying to a group", () => {
  it("that admins approve tells them all, and the answer of one tells everybody concerned", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const group = await approvalGroup(ann, bob, cid);
    const eves2 = await eve.login();
    const [anns, bobs, cids, eves, others] = await at.connectAll(ann, bob, cid, eve, eves2);
    const made = await apply(eve, group, "  let me in, please ");
    expect(made).toMatchObject({
      type: "group",
      target: group.groupId,
      applicant: eve.userId,
      description: "let me in, please",
      status: "pending",
    });
    for (const connection of [anns, bobs, eves, others]) {
      expect(await connection.pushedEntry((entry) => entry.type === "contact")).toMatchObject({ application: made });
    }
    expect(await list(bob)).toEqual([made]);
    expect(await list(cid)).toEqual([]);
    // Again changes nothing, and tells nobody.
    expect(await apply(eve, group, "again")).toEqual(made);

    const accepted = await answer(bob, made, "accept");
    expect(accepted).toMatchObject({ status: "accepted", answeredBy: bob.userId });
    for (const connection of [anns, bobs, eves, others]) {
      expect(await told(connection)).toEqual(["pending", "accepted"]);
    }
    expect(await told(cids)).toEqual([]);
    expect(await read(eves, group)).toEqual(["<member.added>"]);
    expect(await listMembers(ann, group)).toHaveProperty(eve.userId, ROLES.member);
    expect(await answer(ann, made, "accept")).toEqual(accepted);
    expect(await restCodeOf(at.url, "POST", answerPath(made, "refuse"), { token: ann.token, body: {} })).toBe(
      "409 CONFLICT",
    );
    // A member's application counts as accepted.
    expect(await apply(eve, group)).toMatchObject({ status: "accepted" });
  });

  it("and being refused tells the applicant, who may not come back at once", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const group = await approvalGroup(ann, bob, cid);
    const [eves] = await at.connectAll(eve);
    const made = await apply(eve, group);
    await answer(ann, made, "refuse");
    expect(await told(eves)).toEqual(["pending", "refused"]);
    const body = { type: "group", target: group.groupId };
    expect(await restCodeOf(at.url, "POST", "/api/v1/applications", { token: eve.token, body })).toBe(
      "429 RATE_LIMITED",
    );
    // A member may still propose them, and an admin may still add them.
    await add(ann, group, eve);
    expect(await read(eves, group)).toEqual(["<member.added>"]);
  });

  it("can be taken back until it is answered", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const group = await approvalGroup(ann, bob, cid);
    const [anns] = await at.connectAll(ann);
    const made = await apply(eve, group);
    expect(await withdraw(eve, made)).toMatchObject({ status: "withdrawn" });
    expect(await withdraw(eve, made)).toMatchObject({ status: "withdrawn" });
    expect(await told(anns)).toEqual(["pending", "withdrawn"]);
    expect(await restCodeOf(at.url, "POST", answerPath(made, "accept"), { token: ann.token, body: {} })).toBe(
      "409 CONFLICT",
    );
    const again = await apply(eve, group, "after all");
    expect(again).toMatchObject({ applicationId: made.applicationId, status: "pending" });
    await answer(ann, again, "accept");
    const path = `/api/v1/applications/${made.applicationId}`;
    expect(await restCodeOf(at.url, "DELETE", path, { token: eve.token })).toBe("409 CONFLICT");
  });

  it("of two answers at the same time one decides, and both admins hear which", async () => {
    const [ann, bob, cid, ...guests] = await at.people("Ann", "Bob", "Cid", "Eve", "Fay", "Gus");
    const group = await approvalGroup(ann, bob, cid);
    const [anns, bobs] = await at.connectAll(ann, bob);
    for (const guest of guests) {
      const made = await apply(guest, group);
      const codes = await Promise.all([
        restCodeOf(at.url, "POST", answerPath(made, "accept"), { token: ann.token, body: {} }),
        restCodeOf(at.url, "POST", answerPath(made, "refuse"), { token: bob.token, body: {} }),
      ]);
      expect(codes.toSorted()).toEqual(["200", "409 CONFLICT"]);
      const accepted = codes[0] === "200";
      expect(await list(ann)).toMatchObject([
        { status: accepted ? "accepted" : "refused" },
        ...guests.slice(0, guests.indexOf(guest)).map(() => ({})),
      ]);
      expect(Object.hasOwn(await listMembers(ann, group), guest.userId)).toBe(accepted);
    }
    expect(await told(anns)).toEqual(await told(bobs));
    expect((await told(anns)).filter((status) => status !== "pending")).toHaveLength(guests.length);
  });

  it("that is open brings one in at once; one that takes nobody refuses", async () => {
    const [ann, eve, fay] = await at.people("Ann", "Eve", "Fay");
    const [anns, eves] = await at.connectAll(ann, eve);
    const group = await ann.createGroup("Group", []);
    const body = { type: "group", target: group.groupId };
    const code = (token: string) => restCodeOf(at.url, "POST", "/api/v1/applications", { token, body });
    expect(await code(eve.token)).toBe("403 FORBIDDEN");
    const card = `/api/v1/groups/${group.groupId}/card`;
    expect(await restCodeOf(at.url, "GET", card, { token: eve.token })).toBe("404 NOT_FOUND");
    await at.raw((database) => setGroup(database, group, "join_policy = 'open'"));
    expect(groupCardResponse.strict().parse(await eve.rest("GET", card))).toMatchObject({
      joining: "join",
      group: { name: "Group", memberCount: 1, isMember: false },
    });
    expect(await apply(eve, group)).toMatchObject({ status: "accepted" });
    expect(await read(anns, group)).toEqual(["<group.created>", "<member.joined>"]);
    expect(await read(eves, group)).toEqual(["<member.joined>"]);
    expect(await told(anns)).toEqual([]);
    body.target = "nothing";
    expect(await code(fay.token)).toBe("404 NOT_FOUND");
  });

  it("is answered by its admins alone, and shown to nobody else", async () => {
    const [ann, bob, cid, eve, fay] = await at.people("Ann", "Bob", "Cid", "Eve", "Fay");
    const group = await approvalGroup(ann, bob, cid);
    const made = await apply(eve, group);
    const code = (person: Person) =>
      restCodeOf(at.url, "POST", answerPath(made, "accept"), { token: person.token, body: {} });
    expect(await code(cid)).toBe("404 NOT_FOUND");
    expect(await code(fay)).toBe("404 NOT_FOUND");
    expect(await code(eve)).toBe("404 NOT_FOUND");
    await remove(bob, group, bob);
    expect(await code(bob)).toBe("404 NOT_FOUND");
    expect(await list(bob)).toEqual([]);
    const path = `/api/v1/applications/${made.applicationId}`;
    expect(await restCodeOf(at.url, "DELETE", path, { token: ann.token })).toBe("404 NOT_FOUND");
    expect(await code(ann)).toBe("200");
  });
});

describe("where admins approve", () => {
  it("whom a member adds is proposed to them, and whom an admin adds is in", async () => {
    const [ann, bob, cid, eve, fay] = await at.people("Ann", "Bob", "Cid", "Eve", "Fay");
    const group = await approvalGroup(ann, bob, cid);
    const [anns] = await at.connectAll(ann);
    const answered = membershipResponse
      .strict()
      .parse(await cid.rest("POST", membersPath(group), { userIds: [eve.userId, bob.userId] }));
    expect(answered).toMatchObject({ proposed: [eve.userId], group: { memberCount: 3 } });
    const [made] = await list(ann);
    expect(made).toMatchObject({ applicant: eve.userId, proposer: cid.userId, status: "pending" });
    expect(await list(eve)).toEqual([made]);
    await answer(bob, made!, "accept");
    await add(bob, group, fay);
    expect(Object.keys(await listMembers(ann, group)).toSorted()).toEqual(
      [ann, bob, cid, eve, fay].map(({ userId }) => userId).toSorted(),
    );
    expect(await told(anns)).toEqual(["pending", "accepted"]);
  });

  it("a member's link makes an application, an admin's brings in, and what waited is settled", async () => {
    const [ann, bob, cid, eve, fay] = await at.people("Ann", "Bob", "Cid", "Eve", "Fay");
    const group = await approvalGroup(ann, bob, cid);
    const [anns] = await at.connectAll(ann);
    const { token } = await invite(cid, group, { maxUses: 1 });
    expect(await show(eve, token)).toMatchObject({ state: "open", joining: "apply" });
    const card = await accept(eve, token);
    expect(card).toMatchObject({
      group: { isMember: false },
      application: { status: "pending", proposer: cid.userId, applicant: eve.userId },
    });
    // It counts as the one use, and coming again changes nothing.
    expect(
      await restCodeOf(at.url, "POST", `/api/v1/invitations/${token}/accept`, { token: fay.token, body: {} }),
    ).toBe("403 FORBIDDEN");
    const admins = await invite(bob, group);
    expect(await accept(eve, admins.token)).toMatchObject({
      group: { isMember: true },
      application: { status: "accepted", answeredBy: bob.userId },
    });
    expect(await told(anns)).toEqual(["pending", "accepted"]);
    expect(await read(anns, group)).toContain("<member.joined>");
  });

  it("whoever is added while their application waits has it accepted", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const group = await approvalGroup(ann, bob, cid);
    const [eves] = await at.connectAll(eve);
    await apply(eve, group);
    await add(bob, group, eve);
    expect(await told(eves)).toEqual(["pending", "accepted"]);
    expect(await list(ann)).toMatchObject([{ status: "accepted", answeredBy: bob.userId }]);
    await sendText(eves, { groupId: group.groupId }, "hi");
  });
});
