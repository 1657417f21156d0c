import { describe, expect, it } from "vitest";
import { type Person, pullAll } from "../support/people.ts";
import { waitFor } from "../support/wait-for.ts";
import {
  answer,
  apply,
  befriend,
  block,
  foldPeople,
  listAll,
  listApplications,
  part,
  unblock,
} from "./contact-calls.ts";
import { restCodeOf, useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const applyCode = (from: Person, target: string) =>
  restCodeOf(at.url, "POST", "/api/v1/applications", { token: from.token, body: { type: "friend", target } });

const answerCode = (by: Person, applicationId: string, what: "accept" | "refuse") =>
  restCodeOf(at.url, "POST", `/api/v1/applications/${applicationId}/${what}`, { token: by.token, body: {} });

/** The state that each device of somebody ends in: by pushes, by a pull from the beginning, and by the lists. */
async function stateOf(person: Person) {
  const connection = await at.connect(person);
  const { contacts, applications } = foldPeople(await pullAll(connection));
  const listed = [...(await listAll(person, "contacts")), ...(await listAll(person, "blocks"))];
  const byId = new Map(listed.map((one) => [one.userId, one]));
  expect(new Map(contacts.map((one) => [one.userId, one])), "lists and timeline agree").toEqual(byId);
  const sorted = (all: typeof applications) => all.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  expect(sorted(applications), "lists and timeline agree").toEqual(sorted(await listApplications(person)));
  return { contacts, applications };
}

describe("applying to be a contact", () => {
  it("reaches every device of both with the greeting, and so does the answer", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const [anns, bobs] = await at.connectAll(ann, bob);
    const bobsOther = await at.connect(await bob.login());
    const made = await apply(ann, bob, "  你好，我是 Ann  ");
    expect(made).toMatchObject({
      type: "friend",
      target: bob.userId,
      applicant: ann.userId,
      description: "你好，我是 Ann",
      status: "pending",
    });
    const accepted = await answer(bob, made, "accept");
    expect(accepted).toMatchObject({ applicationId: made.applicationId, status: "accepted", answeredBy: bob.userId });
    for (const [device, peer] of [
      [anns, bob],
      [bobs, ann],
      [bobsOther, ann],
    ] as const) {
      await waitFor(() => device.pushed.length >= 3, { what: "three entries" });
      expect(device.pushed.map((entry) => entry.type)).toEqual(["contact", "contact", "contact"]);
      expect(foldPeople(device.pushed)).toEqual({
        applications: [accepted],
        contacts: [{ userId: peer.userId, since: accepted.updatedAt, favourite: false, blocked: false }],
      });
    }
    await Promise.all([stateOf(ann), stateOf(bob)]);
  });

  it("changes nothing when it is repeated, and neither does an answer", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await apply(ann, bob, "hello");
    expect(await apply(ann, bob, "hello again")).toEqual(made);
    const accepted = await answer(bob, made, "accept");
    expect(await answer(bob, made, "accept")).toEqual(accepted);
    expect(await apply(ann, bob)).toEqual(accepted);
    expect(await apply(bob, ann)).toEqual(accepted);
    expect(await pullAll(await at.connect(ann))).toHaveLength(3);
  });

  it("accepts at once when the other one has applied", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await apply(ann, bob);
    expect(await apply(bob, ann, "me too")).toMatchObject({ applicationId: made.applicationId, status: "accepted" });
    expect((await stateOf(ann)).contacts.map(({ userId }) => userId)).toEqual([bob.userId]);
    expect((await stateOf(bob)).contacts.map(({ userId }) => userId)).toEqual([ann.userId]);
  });

  it("may be refused, and is then not made anew for a day, while the other one may apply", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await apply(ann, bob);
    expect(await answer(bob, made, "refuse")).toMatchObject({ status: "refused" });
    expect(await answerCode(bob, made.applicationId, "accept")).toBe("409 CONFLICT");
    expect(await applyCode(ann, bob.userId)).toBe("429 RATE_LIMITED");
    expect((await stateOf(ann)).contacts).toEqual([]);
    const back = await apply(bob, ann);
    await answer(ann, back, "accept");
    expect((await stateOf(bob)).contacts).toHaveLength(1);
  });

  it("is between two people who exist", async () => {
    const ann = await at.person("Ann");
    expect(await applyCode(ann, "nobody")).toBe("404 NOT_FOUND");
    expect(await applyCode(ann, ann.userId)).toBe("400 BAD_REQUEST");
    for (const body of [{}, { type: "friend" }, { type: "foe", target: "x" }, { type: "friend", target: "a b" }]) {
      const code = await restCodeOf(at.url, "POST", "/api/v1/applications", { token: ann.token, body });
      expect([body, code]).toEqual([body, "400 BAD_REQUEST"]);
    }
    const long = { type: "friend", target: "nobody", description: "x".repeat(201) };
    expect(await restCodeOf(at.url, "POST", "/api/v1/applications", { token: ann.token, body: long })).toBe(
      "400 BAD_REQUEST",
    );
  });

  it("is answered by its target alone; others, the applicant too, do not find it", async () => {
    const [ann, bob, eve] = await at.people("Ann", "Bob", "Eve");
    const { applicationId } = await apply(ann, bob);
    for (const person of [ann, eve]) {
      for (const what of ["accept", "refuse"] as const) {
        expect(await answerCode(person, applicationId, what)).toBe("404 NOT_FOUND");
      }
    }
    expect(await answerCode(bob, "nothing", "accept")).toBe("404 NOT_FOUND");
    expect(await listApplications(eve)).toEqual([]);
    expect(await pullAll(await at.connect(eve))).toEqual([]);
    const tablet = await bob.login();
    await tablet.rest("POST", "/api/v1/auth/logout");
    expect(await answerCode(tablet, applicationId, "accept")).toBe("401 UNAUTHENTICATED");
  });

  it("is listed in pages of any size, changed last first", async () => {
    const bob = await at.person("Bob");
    const others = await Promise.all(Array.from({ length: 5 }, (_, index) => at.person(`Other ${index}`)));
    for (const other of others.slice(0, 3)) await apply(other, bob);
    for (const other of others.slice(3)) await apply(bob, other);
    const whole = await listApplications(bob);
    expect(whole.map(({ createdAt }) => createdAt)).toEqual(
      whole.map(({ createdAt }) => createdAt).toSorted((a, b) => b - a),
    );
    expect(new Set(whole.map(({ applicant }) => applicant)).size).toBe(4);
    for (const limit of [1, 2, 5, 6]) expect(await listApplications(bob, limit)).toEqual(whole);
  });
});

describe("applying to somebody who blocks one", () => {
  it("is answered as always and not told, and is told when it is repeated after the block", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await block(bob, ann);
    const made = await apply(ann, bob, "please");
    expect(made).toMatchObject({ status: "pending" });
    expect(await listApplications(bob)).toEqual([]);
    expect(await answerCode(bob, made.applicationId, "accept")).toBe("404 NOT_FOUND");
    expect((await stateOf(ann)).applications).toEqual([made]);
    expect((await stateOf(bob)).applications).toEqual([]);
    await unblock(bob, ann);
    expect(await apply(ann, bob, "please")).toEqual(made);
    expect((await stateOf(bob)).applications).toEqual([made]);
    await answer(bob, made, "accept");
    expect((await stateOf(ann)).contacts).toHaveLength(1);
  });

  it("does not accept what they had applied for before, nor may they accept or apply while they block", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await apply(bob, ann);
    await block(bob, ann);
    expect(await apply(ann, bob)).toMatchObject({ applicant: ann.userId, status: "pending" });
    expect(await applyCode(bob, ann.userId)).toBe("409 CONFLICT");
    await unblock(bob, ann);
    await block(ann, bob);
    expect(await answerCode(ann, made.applicationId, "accept")).toBe("409 CONFLICT");
    expect((await stateOf(ann)).contacts.filter(({ since }) => since !== undefined)).toEqual([]);
    expect((await stateOf(bob)).contacts).toEqual([]);
  });
});

describe("what happens at the same time", () => {
  it("two apply to each other: they are contacts, by one application", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ann, bob] = await at.people("Ann", "Bob");
      const [first, second] = await Promise.all([apply(ann, bob), apply(bob, ann)]);
      expect(first.applicationId).toBe(second.applicationId);
      const [anns, bobs] = await Promise.all([stateOf(ann), stateOf(bob)]);
      expect(anns.applications).toEqual(bobs.applications);
      expect(anns.applications).toMatchObject([{ status: "accepted" }]);
      expect([anns.contacts.length, bobs.contacts.length]).toEqual([1, 1]);
    }
  });

  it("two devices answer: the first answer stands", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ann, bob] = await at.people("Ann", "Bob");
      const tablet = await bob.login();
      const { applicationId } = await apply(ann, bob);
      const codes = await Promise.all([
        answerCode(bob, applicationId, "accept"),
        answerCode(tablet, applicationId, round % 2 === 0 ? "accept" : "refuse"),
      ]);
      const [anns, bobs] = await Promise.all([stateOf(ann), stateOf(bob)]);
      expect(anns.applications).toEqual(bobs.applications);
      const isAccepted = anns.applications[0]?.status === "accepted";
      expect(codes.toSorted()).toEqual(round % 2 === 0 ? ["200", "200"] : ["200", "409 CONFLICT"]);
      expect([anns.contacts.length, bobs.contacts.length]).toEqual(isAccepted ? [1, 1] : [0, 0]);
    }
  });

  it("one parts while the other applies or accepts: both end alike", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ann, bob] = await at.people("Ann", "Bob");
      const made = await apply(ann, bob);
      // Who blocks does not accept, so whether it is accepted depends on which comes first.
      const accepted = answerCode(bob, made.applicationId, "accept");
      await Promise.all([accepted, part(ann, bob), block(bob, ann)]);
      expect(["200", "409 CONFLICT"]).toContain(await accepted);
      const [anns, bobs] = await Promise.all([stateOf(ann), stateOf(bob)]);
      expect(anns.contacts.length).toBe(bobs.contacts.filter(({ since }) => since !== undefined).length);
      await unblock(bob, ann);
      if (anns.applications[0]?.status === "pending") await answer(bob, made, "accept");
      await part(bob, ann);
      await befriend(bob, ann);
      expect((await stateOf(ann)).contacts).toMatchObject([{ userId: bob.userId, favourite: false, blocked: false }]);
    }
  });
});
