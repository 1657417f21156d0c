import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Person, pullAll, sendText } from "../support/people.ts";
import { rest } from "../support/rest.ts";
import { befriend, block, foldPeople, keep, listAll, listApplications, part } from "./contact-calls.ts";
import { restCodeOf, useServer } from "./one-server.ts";

const at = useServer();

const updateCode = (person: Person, userId: string, body: unknown) =>
  restCodeOf(at.url, "PATCH", `/api/v1/contacts/${userId}`, { token: person.token, body });

describe("contacts", () => {
  it("carry an alias and a star of one's own, which all own devices hear of and nobody else", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await befriend(ann, bob);
    const before = (await pullAll(await at.connect(bob))).length;
    expect(await keep(ann, bob, { alias: " 老王 " })).toMatchObject({ alias: "老王", favourite: false });
    expect(await keep(ann, bob, { favourite: true })).toMatchObject({ alias: "老王", favourite: true });
    const entries = await pullAll(await at.connect(ann));
    expect(foldPeople(entries).contacts).toEqual(await listAll(ann, "contacts"));
    expect(await keep(ann, bob, { alias: "老王", favourite: true }), "the same again is no change").toMatchObject({});
    expect(await pullAll(await at.connect(ann))).toHaveLength(entries.length);
    expect(await keep(ann, bob, { alias: "" })).not.toHaveProperty("alias");
    expect(await pullAll(await at.connect(bob))).toHaveLength(before);
  });

  it("end for both, once, and with them the alias", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await befriend(ann, bob);
    await keep(ann, bob, { alias: "Bobby", favourite: true });
    expect(await part(bob, ann)).toEqual({ userId: ann.userId, favourite: false, blocked: false });
    expect(await part(bob, ann)).toEqual({ userId: ann.userId, favourite: false, blocked: false });
    for (const person of [ann, bob]) {
      expect(await listAll(person, "contacts")).toEqual([]);
      expect(foldPeople(await pullAll(await at.connect(person))).contacts).toEqual([]);
    }
    await befriend(ann, bob);
    expect(await listAll(ann, "contacts")).toMatchObject([{ userId: bob.userId, favourite: false }]);
    expect((await listAll(ann, "contacts"))[0]).not.toHaveProperty("alias");
  });

  it("are listed in pages of any size, those who are blocked as well", async () => {
    const ann = await at.person("Ann");
    const others = await Promise.all(Array.from({ length: 5 }, (_, index) => at.person(`Other ${index}`)));
    for (const other of others) await befriend(ann, other);
    await block(ann, others[0]!);
    const ids = others.map(({ userId }) => userId).toSorted();
    for (const limit of [1, 2, 5, 6]) {
      expect((await listAll(ann, "contacts", limit)).map(({ userId }) => userId)).toEqual(ids);
    }
    const blocked = await listAll(ann, "contacts");
    expect(blocked.filter((one) => one.blocked).map(({ userId }) => userId)).toEqual([others[0]!.userId]);
  });

  it("are one's own: nobody keeps, or parts from, those of others", async () => {
    const [ann, bob, eve] = await at.people("Ann", "Bob", "Eve");
    await befriend(ann, bob);
    expect(await updateCode(eve, bob.userId, { alias: "x" })).toBe("404 NOT_FOUND");
    expect(await updateCode(ann, eve.userId, { favourite: true })).toBe("404 NOT_FOUND");
    expect(await updateCode(ann, "nobody", { favourite: true })).toBe("404 NOT_FOUND");
    await part(eve, bob);
    expect(await listAll(ann, "contacts")).toHaveLength(1);
    await part(ann, bob);
    expect(await updateCode(bob, ann.userId, { alias: "x" }), "an ex-contact").toBe("404 NOT_FOUND");
  });

  it.each([[{ alias: "x".repeat(65) }], [{ alias: 1 }], [{ favourite: "yes" }], [[]]])("refuses %j", async (body) => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await befriend(ann, bob);
    expect(await updateCode(ann, bob.userId, body)).toBe("400 BAD_REQUEST");
  });

  it("are for a session: without one, or with one that has ended, nothing is told", async () => {
    const bob = await at.person("Bob");
    const tablet = await bob.login();
    await tablet.rest("POST", "/api/v1/auth/logout");
    for (const path of ["contacts", "blocks", "applications"]) {
      expect(await restCodeOf(at.url, "GET", `/api/v1/${path}`)).toBe("401 UNAUTHENTICATED");
      expect(await restCodeOf(at.url, "GET", `/api/v1/${path}`, { token: tablet.token })).toBe("401 UNAUTHENTICATED");
    }
  });

  it("outlive a restart", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    await befriend(ann, bob);
    await keep(ann, bob, { alias: "Bobby" });
    const before = [await listAll(ann, "contacts"), await listApplications(ann)];
    await at.restart();
    const again = await ann.login(at.url);
    expect([await listAll(again, "contacts"), await listApplications(again)]).toEqual(before);
  });
});

describe("with DIRECT_MESSAGES=contacts", () => {
  const strict = useServer({ env: { DIRECT_MESSAGES: "contacts", SERVER_KEY: "key" } });

  it("only contacts write to each other, and everybody to themself and in groups", async () => {
    const [ann, bob] = await strict.people("Ann", "Bob");
    const [anns, bobs] = await strict.connectAll(ann, bob);
    const to = { userId: bob.userId };
    await expect(sendText(anns, to, "hello")).rejects.toThrow("FORBIDDEN");
    await expect(sendText(anns, { userId: "nobody" }, "hello")).rejects.toThrow("NOT_FOUND");
    await sendText(anns, { userId: ann.userId }, "a note");
    const { groupId } = await ann.createGroup("Team", [bob]);
    await sendText(anns, { groupId }, "hello all");
    await befriend(ann, bob);
    const { conversationId } = await sendText(anns, to, "now");
    await sendText(bobs, { conversationId }, "indeed");
    await part(bob, ann);
    await expect(sendText(anns, { conversationId }, "and now?")).rejects.toThrow("FORBIDDEN");
    await expect(sendText(bobs, { conversationId }, "no")).rejects.toThrow("FORBIDDEN");
  });

  it("the server API is not bound by it", async () => {
    const [ann, bob] = await strict.people("Ann", "Bob");
    const { status, body } = await rest(strict.url, "POST", "/api/v1/server/messages", {
      token: "key",
      body: {
        messages: [
          {
            clientMessageId: randomUUID(),
            from: ann.userId,
            to: { userId: bob.userId },
            content: { kind: "text", text: "hello" },
          },
        ],
      },
    });
    expect([status, body]).toMatchObject([200, { results: [{ seq: 1 }] }]);
  });
});
