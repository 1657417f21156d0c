import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Group, MAX_PORTRAIT_BYTES, group } from "@im-webapp/protocol";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type Person, historyAll, pullAll } from "../support/people.ts";
import { remove, viewOf } from "./group-calls.ts";
import { restCodeOf, useServer } from "./one-server.ts";

const at = useServer();

const path = ({ groupId }: Group) => `/api/v1/groups/${groupId}/avatar`;
const png = (colour: string) =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
    .png()
    .toBuffer();
const put = async (actor: Person, of: Group, colour: string) =>
  group.strict().parse(await actor.rest("PUT", path(of), await png(colour)));
const codeOfPut = (actor: Person, of: Group, body: unknown) =>
  restCodeOf(at.url, "PUT", path(of), { token: actor.token, body });
const statusOf = async (address = "") => (await fetch(at.url + address)).status;
const filesLeft = () => readdir(join(at.backing.env["DATA_DIR"] ?? "", "files", "portraits")).catch((): string[] => []);

describe("a group's picture", () => {
  it("is shown in everybody's conversation, told in it, and gives way to the next one", async () => {
    const [ann, bob] = await at.people("Ann", "Bob");
    const made = await ann.createGroup("Group", [bob]);
    const bobs = await at.connect(bob);
    const { head } = await bobs.ok("sync:pull", { cursor: 0, limit: 1 });
    const { avatar: first } = await put(ann, made, "#0a0");
    expect(await statusOf(first)).toBe(200);
    expect(await pullAll(bobs, head)).toMatchObject([
      { type: "conversation", conversation: { avatar: first } },
      {
        type: "message",
        message: {
          senderId: "system",
          content: { event: "group.changed", by: ann.userId, changed: { avatar: first } },
        },
      },
    ]);
    expect(await viewOf(bobs, made)).toMatchObject({ avatar: first });

    const { avatar: second } = await put(ann, made, "#a00");
    expect(second).not.toBe(first);
    expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);

    const bare = await ann.rest<Group>("DELETE", path(made));
    expect(bare).not.toHaveProperty("avatar");
    expect(await statusOf(second)).toBe(404);
    expect(await viewOf(bobs, made)).not.toHaveProperty("avatar");
    // A second removal changes nothing, and says nothing.
    const said = (await historyAll(bobs, made.conversationId)).length;
    await ann.rest("DELETE", path(made));
    expect(await historyAll(bobs, made.conversationId)).toHaveLength(said);
  });

  it("of several at once is one, and leaves no file of the others", async () => {
    const ann = await at.person("Ann");
    const made = await ann.createGroup("Group", [await at.person("Bob")]);
    const before = await filesLeft();
    await Promise.all(["#000", "#111", "#222", "#333"].map((colour) => put(ann, made, colour)));
    const { avatar } = await ann.rest<Group>("GET", `/api/v1/groups/${made.groupId}`);
    const files = (await filesLeft()).filter((name) => !before.includes(name));
    expect(files.map((name) => `/api/v1/portraits/${name.replace(".webp", "")}`)).toEqual([avatar]);
  });

  it("is set and taken away by admins alone; what others try leaves no file", async () => {
    const [ann, bob, cid, eve] = await at.people("Ann", "Bob", "Cid", "Eve");
    const made = await ann.createGroup("Group", [bob, cid]);
    await remove(ann, made, cid);
    const { avatar } = await put(ann, made, "#0a0");
    const before = await filesLeft();
    const image = await png("#a00");
    const outcomes = async () =>
      Promise.all(
        [bob, cid, eve].map(async (person) => [
          await codeOfPut(person, made, image),
          await restCodeOf(at.url, "DELETE", path(made), { token: person.token }),
        ]),
      );
    expect(await outcomes()).toEqual([
      ["403 FORBIDDEN", "403 FORBIDDEN"],
      ["403 NOT_MEMBER", "403 NOT_MEMBER"],
      ["404 NOT_FOUND", "404 NOT_FOUND"],
    ]);
    expect(await codeOfPut(ann, { ...made, groupId: "nothing" }, image)).toBe("404 NOT_FOUND");
    expect(await restCodeOf(at.url, "PUT", path(made), { body: image })).toBe("401 UNAUTHENTICATED");
    expect(await filesLeft()).toEqual(before);
    expect(await ann.rest("GET", `/api/v1/groups/${made.groupId}`)).toMatchObject({ avatar });
    // An admin may, until the role is taken away.
    const makeBob = (role: 0 | 1) =>
      ann.rest("PATCH", `/api/v1/groups/${made.groupId}/members/${bob.userId}`, { role });
    await makeBob(1);
    await put(bob, made, "#00a");
    await makeBob(0);
    expect(await codeOfPut(bob, made, image)).toBe("403 FORBIDDEN");
    // And nobody once there is nobody in it.
    await ann.rest("DELETE", `/api/v1/groups/${made.groupId}`);
    expect(await codeOfPut(ann, made, image)).toBe("403 NOT_MEMBER");
  });

  it("is made of no other than an image within the limits", async () => {
    const ann = await at.person("Ann");
    const made = await ann.createGroup("Group", [await at.person("Bob")]);
    const text = (words: string) => new TextEncoder().encode(words);
    const svg = text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    for (const body of [undefined, { image: "x" }, text("no image"), svg, (await png("#0a0")).subarray(0, 40)]) {
      expect(await codeOfPut(ann, made, body)).toBe("400 BAD_REQUEST");
    }
    expect(await codeOfPut(ann, made, new Uint8Array(MAX_PORTRAIT_BYTES + 1))).toBe("413 TOO_LARGE");
    const bomb = await sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect(await codeOfPut(ann, made, bomb)).toBe("413 TOO_LARGE");
    expect(await ann.rest("GET", `/api/v1/groups/${made.groupId}`)).not.toHaveProperty("avatar");
  });
});
