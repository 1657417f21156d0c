import { type GroupId, ROLES, type SystemContent, type UserId } from "@im-webapp/protocol";
import type { Stage } from "../timeline/stage.ts";
import { settleApplications } from "./applying.ts";
import { newcomer, tell } from "./changes.ts";

/**
 * Makes members of those who are none yet and says so. A newcomer reads from their joining on, or from the beginning
 * where the group shows its history; what was said before counts as read either way.
 *
 * @param by who let them in: the answer of their applications, as far as the command has named these
 * @param say what is said of those who came
 * @returns those who came; nothing is said when nobody did
 */
export function admit(
  stage: Stage,
  groupId: GroupId,
  userIds: readonly UserId[],
  by: UserId,
  say: (joined: UserId[]) => SystemContent,
): UserId[] {
  const { conversationId, historyVisible } = stage.requireGroup(groupId);
  const membership = stage.membership(conversationId);
  const conversation = stage.conversation(conversationId);
  const joined = userIds.filter((userId) => !membership.isActive(userId));
  if (!conversation || joined.length === 0) return [];
  const before = conversation.lastSeq;
  stage.putMembers(
    conversationId,
    joined.map((userId) =>
      newcomer(userId, ROLES.member, historyVisible ? 0 : before, stage.at, membership.get(userId)),
    ),
  );
  for (const userId of joined) stage.moveRead({ conversationId, userId, readSeq: before });
  tell(stage, conversationId, say(joined), conversation.large, { joined });
  settleApplications(stage, groupId, joined, by);
  return joined;
}
