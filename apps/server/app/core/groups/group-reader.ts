import type { ConversationId, Group, GroupId, Member, Role, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";

/** Where a page of members ended. */
export interface MemberPlace {
  readonly role: Role;
  readonly userId: UserId;
}

/** Reads groups and who is in them at present. */
export interface GroupReader {
  find(groupId: GroupId): Promise<Group | undefined>;
  /** Up to `limit` members after that place, the highest roles first. */
  members(conversationId: ConversationId, after: MemberPlace | undefined, limit: number): Promise<Member[]>;
  /** The same, of those whose alias or display name begins with `text`. */
  findMembers(
    conversationId: ConversationId,
    text: string,
    after: MemberPlace | undefined,
    limit: number,
  ): Promise<Member[]>;
  /** Those of the users that are members. */
  membersById(conversationId: ConversationId, userIds: readonly UserId[]): Promise<Member[]>;
  /** Groups that were dissolved and still have members. */
  halfDissolved(): Promise<GroupId[]>;
}

/** @throws {ImError} `NOT_FOUND` when there is no such group */
export async function readGroup(reader: GroupReader, groupId: GroupId): Promise<Group> {
  const group = await reader.find(groupId);
  if (!group) throw new ImError("NOT_FOUND", "there is no such group");
  return group;
}
