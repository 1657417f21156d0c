import type { ConversationId, Group, GroupId, Member, UserId } from "@im-webapp/protocol";

/** Reads groups and who is in them. */
export interface GroupReader {
  find(groupId: GroupId): Promise<Group | undefined>;
  /** Up to `limit` members at present with ids above `after`, ascending by id. */
  members(conversationId: ConversationId, after: UserId, limit: number): Promise<Member[]>;
}
