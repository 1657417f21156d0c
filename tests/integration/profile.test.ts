import { randomUUID } from "node:crypto";
import { type Entry, type Me, type User, me as meSchema, user as userSchema } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { Person, pullAll, sendText } from "../support/people.ts";
import { rest, wireErrorOf } from "../support/rest.ts";
import { waitFor } from "../support/wait-for.ts";
import { useSharedServer } from "./one-server.ts";

const at = useSharedServer();

const phoneNumber = () => `+86139${String(Math.random()).slice(2, 10)}`;
const change = async (person: Person, body: object) =>
  meSchema.strict().parse(await person.rest<Me>("PATCH", "/api/v1/me", body));
const refusal = async (person: Person, body: object) => {
  const answer = await rest(at.url, "PATCH", "/api/v1/me", { token: person.token, body });
  return { status: answer.status, ...wireErrorOf(answer.body) };
};
const foundBy = async (asker: Person, query: string) =>
  (await asker.rest<{ users: User[] }>("GET", `/api/v1/users?query=${encodeURIComponent(query)}`)).users.map(
    ({ userId }) => userId,
  );

describe("a profile", () => {
  it("is changed field by field: others see what they may, and its owner all of it", async () => {
    const ann = await Person.register(at.url, "Ann");
    const bob = await Person.register(at.url, "Bob");
    const phone = phoneNumber();
    const all = {
      displayName: " 安 ",
      gender: "female",
      description: "  hello\nworld  ",
      phone: `${phone.slice(0, 6)} ${phone.slice(6)}`,
    };
    const public_ = {
      userId: ann.userId,
      username: ann.username,
      displayName: "安",
      gender: "female",
      description: "hello\nworld",
    };
    expect(await change(ann, all)).toEqual({ ...public_, phone });
    expect(await ann.rest("GET", "/api/v1/me")).toEqual({ ...public_, phone });
    expect(userSchema.strict().parse(await bob.rest("GET", `/api/v1/users/${ann.userId}`))).toEqual(public_);

    expect(await change(ann, { gender: null, description: "" })).toEqual({
      userId: ann.userId,
      username: ann.username,
      displayName: "安",
      phone,
    });
    expect(await change(ann, { phone: null })).not.toHaveProperty("phone");
    expect(await change(ann, {})).toMatchObject({ displayName: "安" });
  });

  it("refuses what is malformed, naming the field, and changes nothing then", async () => {
    const ann = await Person.register(at.url, "Ann");
    for (const [field, value] of [
      ["displayName", ""],
      ["displayName", null],
      ["displayName", "x".repeat(65)],
      ["gender", "unset"],
      ["gender", 1],
      ["description", "x".repeat(201)],
      ["description", "a\u0007b"],
      ["phone", "12ab"],
      ["findableByPhone", "yes"],
    ] as const) {
      const { status, code, details } = await refusal(ann, { displayName: "Other", [field]: value });
      expect([status, code, details?.fields?.map(({ path }) => path)], `${field}: ${value}`).toEqual([
        400,
        "BAD_REQUEST",
        [field],
      ]);
    }
    expect(await ann.rest("GET", "/api/v1/me")).toMatchObject({ displayName: "Ann" });
    expect(await change(ann, { description: "字".repeat(200) })).toMatchObject({ description: "字".repeat(200) });
  });

  it("keeps a phone number for one person: another's is a conflict, also when both ask at once", async () => {
    const phone = phoneNumber();
    const people = await Promise.all(["a", "b", "c", "d"].map((name) => Person.register(at.url, name)));
    const answers = await Promise.all(
      people.map((person) =>
        rest(at.url, "PATCH", "/api/v1/me", { token: person.token, body: { phone, displayName: "New" } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    for (const [index, { status, body }] of answers.entries()) {
      const mine = await people[index]!.rest<Me>("GET", "/api/v1/me");
      if (status === 200) expect(mine).toMatchObject({ phone, displayName: "New" });
      else {
        expect(wireErrorOf(body)).toMatchObject({ code: "CONFLICT", details: { fields: [{ path: "phone" }] } });
        expect(mine).not.toHaveProperty("phone");
        expect(mine.displayName).not.toBe("New");
      }
    }
    const owner = people[answers.findIndex(({ status }) => status === 200)]!;
    expect(await change(owner, { phone })).toMatchObject({ phone });
  });
});

describe("being found", () => {
  it("by phone and by name is each person's own choice, and the other way still works", async () => {
    const asker = await Person.register(at.url, "Asker");
    const phone = phoneNumber();
    const name = `Hidden${randomUUID().slice(0, 8)}`;
    const ann = await Person.register(at.url, name);
    await change(ann, { phone });
    expect(await foundBy(asker, phone)).toEqual([ann.userId]);
    expect(await change(ann, { findableByPhone: false })).toMatchObject({ findableByPhone: false });
    expect(await foundBy(asker, phone)).toEqual([]);
    expect(await foundBy(asker, name)).toEqual([ann.userId]);
    expect(await foundBy(asker, ann.username)).toEqual([ann.userId]);

    await change(ann, { findableByName: false });
    expect(await foundBy(asker, name)).toEqual([]);
    expect(await foundBy(asker, ann.username)).toEqual([]);
    expect(await change(ann, { findableByPhone: true })).not.toHaveProperty("findableByPhone");
    expect(await foundBy(asker, phone)).toEqual([ann.userId]);
    expect(await foundBy(asker, name)).toEqual([]);
    const looked = await asker.rest("POST", "/api/v1/users/lookup", { userIds: [ann.userId] });
    expect(JSON.stringify(looked)).not.toContain(phone.slice(3));
  });

  it("by a name that looks like a hidden phone number finds only by the name", async () => {
    const asker = await Person.register(at.url, "Asker");
    const phone = String(Math.random()).slice(2, 13).padEnd(11, "7");
    const owner = await Person.register(at.url, "Owner");
    const named = await Person.register(at.url, phone);
    await change(owner, { phone, findableByPhone: false });
    expect(await foundBy(asker, phone)).toEqual([named.userId]);
  });
});

/** The profiles that entries brought. */
const profilesIn = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.type === "user" ? [entry.user] : []));

describe("a change of a profile", () => {
  it("comes to one's own devices and to those with a direct conversation, and to nobody else", async () => {
    const [ann, bob, stranger] = await at.people("Ann", "Bob", "Eve");
    const [anns, bobs, strangers] = await at.connectAll(ann, bob, stranger);
    const annsTablet = await at.connect(await ann.login());
    await sendText(anns, { userId: bob.userId }, "hi");
    await bobs.pushedText("hi");
    await change(ann, { displayName: "Anna", description: "new" });
    const seen = { userId: ann.userId, username: ann.username, displayName: "Anna", description: "new" };
    for (const connection of [anns, annsTablet, bobs]) {
      await waitFor(() => profilesIn(connection.pushed).length > 0, { what: "the change" });
      expect(profilesIn(connection.pushed)).toEqual([seen]);
    }
    // What only its owner may know comes to them alone.
    await change(ann, { hidePresence: true });
    await waitFor(() => profilesIn(annsTablet.pushed).length === 2, { what: "one's own setting" });
    await sendText(anns, { userId: bob.userId }, "after");
    await bobs.pushedText("after");
    expect(profilesIn(bobs.pushed)).toHaveLength(1);
    expect(strangers.pushed).toEqual([]);

    // A device that was away reads each in the state of now, without a hole.
    await change(ann, { displayName: "Anne" });
    const entries = await pullAll(bobs);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
    expect(profilesIn(entries).map(({ displayName }) => displayName)).toEqual(["Anne", "Anne"]);
  });

  it("that changes nothing is told to nobody", async () => {
    const ann = await at.person("Ann");
    const anns = await at.connect(ann);
    for (let time = 0; time < 2; time += 1) await change(ann, { displayName: "Anna", gender: "other" });
    expect(profilesIn(await pullAll(anns))).toHaveLength(1);
  });
});
