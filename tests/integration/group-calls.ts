import { type Conversation, type Group, type MembersResponse, membersResponse } from "@im-webapp/protocol";
import { expect } from "vitest";
import type { Connection } from "../support/connection.ts";
import { type Person, bootstrapAll, historyAll } from "../support/people.ts";
import { textOf } from "./one-server.ts";

export const membersPath = ({ groupId }: Group, person?: Person) =>
  `/api/v1/groups/${groupId}/members${person ? `/${person.userId}` : ""}`;

export const add = (actor: Person, to: Group, ...people: Person[]) =>
  actor.rest<{ group: Group }>("POST", membersPath(to), { userIds: people.map(({ userId }) => userId) });

export const remove = (actor: Person, from: Group, person: Person) =>
  actor.rest<{ group: Group }>("DELETE", membersPath(from, person));

/** Everybody in the group, in pages of `limit`, as `userId: role`. */
export async function listMembers(actor: Person, of: Group, limit = 50): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  let page: string | undefined;
  do {
    const query = `?limit=${limit}${page === undefined ? "" : `&page=${encodeURIComponent(page)}`}`;
    const answer: MembersResponse = await actor.rest("GET", membersPath(of) + query);
    membersResponse.strict().parse(answer);
    expect(answer.members.length).toBeLessThanOrEqual(limit);
    expect(answer.members.length > 0 || !answer.more, "no page is empty while there is more").toBe(true);
    for (const { userId, role } of answer.members) {
      expect(found, "nobody is listed twice").not.toHaveProperty(userId);
      found[userId] = role;
    }
    page = answer.more ? answer.page : undefined;
  } while (page !== undefined);
  return found;
}

export async function viewOf(connection: Connection, { conversationId }: Group): Promise<Conversation> {
  const { conversations } = await bootstrapAll(connection);
  return conversations.find((one) => one.conversationId === conversationId)!;
}

/** What somebody may read of the conversation. */
export const read = async (connection: Connection, { conversationId }: Group) =>
  (await historyAll(connection, conversationId)).map(textOf);
