import { randomUUID } from "node:crypto";
import { type Group, ROLES } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { type Person, sendText } from "../support/people.ts";
import { membersPath, remove } from "./group-calls.ts";
import { codeOf, restCodeOf, useSharedServer } from "./one-server.ts";

/** The same for groups of every size: in the one file all of them are small, in the other all are large. */
export function permissionSuite(fanoutMaxMembers: string): void {
  const at = useSharedServer({ FANOUT_MAX_MEMBERS: fanoutMaxMembers });

  /** A group with one of each: what they may do must not depend on what others did before, so each call has its own. */
  async function cast() {
    const [owner, admin, otherAdmin, member, muted, target, former, outsider] = await at.people(
      "Owner",
      "Admin",
      "Bea",
      "Member",
      "Muted",
      "Target",
      "Former",
      "Outsider",
    );
    const made = await owner.createGroup("Cast", [admin, otherAdmin, member, muted, target, former]);
    await owner.rest("PATCH", membersPath(made, admin), { role: ROLES.admin });
    await owner.rest("PATCH", membersPath(made, otherAdmin), { role: ROLES.admin });
    await owner.rest("PATCH", membersPath(made, muted), { mutedUntil: Date.now() + 3_600_000 });
    await remove(former, made, former);
    return { made, otherAdmin, target, actors: { owner, admin, member, muted, former, outsider } };
  }

  type Cast = Awaited<ReturnType<typeof cast>>;
  const path = ({ groupId }: Group) => `/api/v1/groups/${groupId}`;
  const rest = (actor: Person, method: string, address: string, body?: unknown) =>
    restCodeOf(at.url, method, address, { token: actor.token, body });

  /** Each call with who may make it, out of those who are in the group. */
  const CALLS: [string, readonly string[], (actor: Person, cast: Cast) => Promise<string>][] = [
    ["read the group", ["owner", "admin", "member", "muted"], (a, { made }) => rest(a, "GET", path(made))],
    ["list members", ["owner", "admin", "member", "muted"], (a, { made }) => rest(a, "GET", membersPath(made))],
    [
      "look members up",
      ["owner", "admin", "member", "muted"],
      (a, { made }) => rest(a, "POST", `${membersPath(made)}/lookup`, { userIds: [a.userId] }),
    ],
    ["rename", ["owner", "admin"], (a, { made }) => rest(a, "PATCH", path(made), { name: `By ${a.displayName}` })],
    ["describe", ["owner", "admin"], (a, { made }) => rest(a, "PATCH", path(made), { description: a.userId })],
    ["announce", ["owner", "admin"], (a, { made }) => rest(a, "PATCH", path(made), { announcement: a.userId })],
    ["change settings", ["owner", "admin"], (a, { made }) => rest(a, "PATCH", path(made), { whoMayAdd: "admins" })],
    ["mute all", ["owner", "admin"], (a, { made }) => rest(a, "PATCH", path(made), { mutedAll: true })],
    [
      "note an announcement as read",
      ["owner", "admin", "member", "muted"],
      (a, { made }) => rest(a, "PUT", `${path(made)}/announcement/read`, { at: 1 }),
    ],
    [
      "mute a member",
      ["owner", "admin"],
      (a, { made, target }) => rest(a, "PATCH", membersPath(made, target), { mutedUntil: Date.now() + 60_000 }),
    ],
    [
      "give a member an alias",
      ["owner", "admin"],
      (a, { made, target }) => rest(a, "PATCH", membersPath(made, target), { alias: "Tee" }),
    ],
    [
      "take an alias",
      ["owner", "admin", "member", "muted"],
      (a, { made }) => rest(a, "PATCH", membersPath(made, a), { alias: `Me ${a.displayName}` }),
    ],
    [
      "make an admin",
      ["owner"],
      (a, { made, target }) => rest(a, "PATCH", membersPath(made, target), { role: ROLES.admin }),
    ],
    ["remove a member", ["owner", "admin"], (a, { made, target }) => rest(a, "DELETE", membersPath(made, target))],
    ["remove an admin", ["owner"], (a, { made, otherAdmin }) => rest(a, "DELETE", membersPath(made, otherAdmin))],
    [
      "transfer",
      ["owner"],
      (a, { made, target }) => rest(a, "POST", `${path(made)}/transfer`, { userId: target.userId }),
    ],
    ["dissolve", ["owner"], (a, { made }) => rest(a, "DELETE", path(made))],
  ];

  describe.each(CALLS)("%s", (_name, allowed, call) => {
    it(`is for: ${allowed.join(", ")}`, async () => {
      const here = await cast();
      const answers: Record<string, string> = {};
      // Those who may come last, because what they do may end what the others try.
      const actors = Object.entries(here.actors).toSorted(
        ([a], [b]) => Number(allowed.includes(a)) - Number(allowed.includes(b)),
      );
      for (const [name, actor] of actors) {
        if (!allowed.includes(name)) answers[name] = await call(actor, here);
      }
      const inside = ["owner", "admin", "member", "muted"].filter((name) => !allowed.includes(name));
      expect(answers).toEqual({
        ...Object.fromEntries(inside.map((name) => [name, "403 FORBIDDEN"])),
        former: "403 NOT_MEMBER",
        outsider: "404 NOT_FOUND",
      });
      const one = here.actors[allowed.at(-1) as keyof typeof here.actors];
      expect(await call(one, here)).toBe("200");
    });
  });

  it("the settings are not there for a muted member to speak, nor for anybody when all are muted", async () => {
    const { made, actors } = await cast();
    const code = async (actor: Person) =>
      codeOf(await at.connect(actor), "message:send", {
        clientMessageId: randomUUID(),
        to: { groupId: made.groupId },
        content: { kind: "text", text: "may I?" },
      });
    const all = async () =>
      Object.fromEntries<string>(
        await Promise.all(Object.entries(actors).map(async ([name, actor]) => [name, await code(actor)] as const)),
      );
    const always = { muted: "MUTED", former: "NOT_MEMBER", outsider: "NOT_FOUND", owner: "ok", admin: "ok" };
    expect(await all()).toEqual({ ...always, member: "ok" });
    await actors.admin.rest("PATCH", path(made), { mutedAll: true });
    expect(await all()).toEqual({ ...always, member: "MUTED" });
    await actors.admin.rest("PATCH", path(made), { mutedAll: false });
    expect(await all()).toEqual({ ...always, member: "ok" });
  });

  it("an admin does nothing to an equal, to the owner or to themself", async () => {
    const { made, otherAdmin, actors } = await cast();
    for (const target of [otherAdmin, actors.owner, actors.admin]) {
      const muting = { mutedUntil: Date.now() + 60_000 };
      expect(await rest(actors.admin, "PATCH", membersPath(made, target), muting)).toBe("403 FORBIDDEN");
    }
    for (const target of [otherAdmin, actors.owner]) {
      expect(await rest(actors.admin, "PATCH", membersPath(made, target), { alias: "x" })).toBe("403 FORBIDDEN");
      expect(await rest(actors.admin, "DELETE", membersPath(made, target))).toBe("403 FORBIDDEN");
    }
    expect(await rest(actors.owner, "PATCH", membersPath(made, actors.owner), { role: ROLES.member })).toBe(
      "403 FORBIDDEN",
    );
    expect(await rest(actors.owner, "PATCH", membersPath(made, actors.outsider), { alias: "x" })).toBe("404 NOT_FOUND");
    expect(await rest(actors.owner, "POST", `${path(made)}/transfer`, { userId: actors.former.userId })).toBe(
      "404 NOT_FOUND",
    );
  });

  it("where only admins may add, members may not", async () => {
    const { made, actors } = await cast();
    const body = { userIds: [actors.outsider.userId] };
    await actors.owner.rest("PATCH", path(made), { whoMayAdd: "admins" });
    expect(await rest(actors.member, "POST", membersPath(made), body)).toBe("403 FORBIDDEN");
    expect(await rest(actors.admin, "POST", membersPath(made), body)).toBe("200");
    await sendText(await at.connect(actors.outsider), { groupId: made.groupId }, "thank you");
  });
}
