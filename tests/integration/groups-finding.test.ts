import type { Member, MembersResponse } from "@im-webapp/protocol";
import { expect, it } from "vitest";
import { membersPath } from "./group-calls.ts";
import { useServer } from "./one-server.ts";

const at = useServer();

/** More of a name than are looked up one by one. */
const MANY = 620;

const NOW = "'2026-01-01 00:00:00.000'";
const numbers = Array.from({ length: MANY }, (_, index) => String(index).padStart(4, "0"));

it("members of a name that many have are found once each, in the list's order, page by page", async () => {
  const [owner, bob] = await at.people("Owner", "Zed the bob");
  const made = await owner.createGroup("Group", [bob]);
  await at.raw(async (database) => {
    const users = numbers.map((n) => `('zed${n}', 'zed${n}', 'zed${n}', 'Zed ${n}', ${NOW}, ${NOW})`);
    await database.run(
      `INSERT INTO \`user\` (user_id, username, username_key, display_name, created_at, updated_at) VALUES ${users.join()}`,
    );
    // Every other one is a member, two of them admins, and one goes by another name.
    const members = numbers
      .filter((n) => Number(n) % 2 === 0)
      .map(
        (n) =>
          `('${made.conversationId}', 'zed${n}', ${n < "0004" ? 1 : 0}, ${n === "0100" ? "'Quinn'" : "NULL"}, ${NOW})`,
      );
    await database.run(
      `INSERT INTO member (conversation_id, user_id, role, alias, joined_at) VALUES ${members.join()}`,
    );
  });
  const find = async (text: string) => {
    const found: Member[] = [];
    let page: string | undefined;
    do {
      const query = new URLSearchParams({ query: text, limit: "60", ...(page !== undefined && { page }) });
      const answer: MembersResponse = await owner.rest("GET", `${membersPath(made)}?${query.toString()}`);
      found.push(...answer.members);
      page = answer.more ? answer.page : undefined;
    } while (page !== undefined);
    return found;
  };

  const zeds = await find("zed");
  const expected = [bob.userId, ...numbers.filter((n) => Number(n) % 2 === 0).map((n) => `zed${n}`)];
  expect(zeds.map(({ userId }) => userId).toSorted()).toEqual(expected.toSorted());
  const places = zeds.map(({ role, userId }) => ({ role, userId }));
  expect(places).toEqual(places.toSorted((a, b) => b.role - a.role || (a.userId < b.userId ? 1 : -1)));
  // Few of a name, in the same order; by the alias and by the name behind it.
  expect((await find("Zed 00")).map(({ userId }) => userId)).toEqual([
    "zed0002",
    "zed0000",
    ...numbers
      .filter((n) => n > "0002" && n < "0100" && Number(n) % 2 === 0)
      .map((n) => `zed${n}`)
      .toReversed(),
  ]);
  expect((await find("qui")).map(({ userId }) => userId)).toEqual(["zed0100"]);
  expect((await find("Zed 0100")).map(({ userId }) => userId)).toEqual(["zed0100"]);
  // Somebody of the name who is not a member is not found; what means something to LIKE does not here.
  expect(await find("Zed 0101")).toEqual([]);
  expect(await find("%")).toEqual([]);
});
