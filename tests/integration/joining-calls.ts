import {
  type CreateInvitationRequest,
  type Group,
  type Invitation,
  invitation,
  invitationCard,
} from "@im-webapp/protocol";
import type { RawDatabase } from "../support/raw-database.ts";
import type { Person } from "../support/people.ts";

export const invitationsPath = ({ groupId }: Group, token?: string) =>
  `/api/v1/groups/${groupId}/invitations${token === undefined ? "" : `/${token}`}`;

export const acceptPath = (token: string) => `/api/v1/invitations/${token}/accept`;

/** Makes a link; the answer is held to its schema. */
export async function invite(actor: Person, into: Group, terms: CreateInvitationRequest = {}): Promise<Invitation> {
  return invitation.strict().parse(await actor.rest("POST", invitationsPath(into), terms));
}

export const show = async (actor: Person, token: string) =>
  invitationCard.strict().parse(await actor.rest("GET", `/api/v1/invitations/${token}`));

export const accept = async (actor: Person, token: string) =>
  invitationCard.strict().parse(await actor.rest("POST", acceptPath(token), {}));

/** Sets columns of a group past the server, which reads it anew. */
export async function setGroup(database: RawDatabase, { groupId, conversationId }: Group, set: string): Promise<void> {
  await database.run(`UPDATE \`group\` SET ${set} WHERE group_id = '${groupId}'`);
  await database.run(
    `UPDATE conversation SET group_version = group_version + 1 WHERE conversation_id = '${conversationId}'`,
  );
}

/** Gives a member a role past the server. */
export async function setRole(database: RawDatabase, { conversationId }: Group, { userId }: Person, role: number) {
  await database.run(
    `UPDATE member SET role = ${role} WHERE conversation_id = '${conversationId}' AND user_id = '${userId}'`,
  );
  await database.run(
    `UPDATE conversation SET member_version = member_version + 1 WHERE conversation_id = '${conversationId}'`,
  );
}
