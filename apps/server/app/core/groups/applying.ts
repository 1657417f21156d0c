import type { Application, GroupId, UserId } from "@im-webapp/protocol";
import { answered, isOpen, newApplication, requireMayReapply } from "../applications/states.ts";
import { applicationIdOf } from "../shared/ids.ts";
import type { Stage } from "../timeline/stage.ts";
import { may } from "./permissions.ts";

/** The applications of these users to a group, by id: what a command that lets them in names. */
export function applicationsTo(groupId: GroupId, userIds: readonly UserId[]): string[] {
  return userIds.map((userId) => applicationIdOf("group", userId, groupId));
}

/** The application of somebody to a group, if the command has named it. */
export function groupApplication(stage: Stage, userId: UserId, groupId: GroupId): Application | undefined {
  return stage.relations.application(applicationIdOf("group", userId, groupId))?.application;
}

/** Keeps an application to a group in its new state, and tells its applicant and the group's admins. */
export function keepGroupApplication(stage: Stage, application: Application): void {
  stage.relations.saveApplication({ application, withheld: false });
  const membership = stage.membership(stage.requireGroup(application.target).conversationId);
  const admins = membership.activeIds.filter((userId) => {
    const member = membership.get(userId);
    return member !== undefined && userId !== application.applicant && may(member.role, "approveApplications");
  });
  stage.fanOut({ type: "contact", application }, [application.applicant ?? [], admins].flat());
}

/**
 * Puts somebody's wish to come in before the group's admins, or a member's wish to add them. One that waits for an answer
 * stays as it is.
 *
 * @param proposer the member who would add them
 * @throws {ImError} `RATE_LIMITED` for a day after a refusal, unless a member proposes them
 */
export function applyToAdmins(
  stage: Stage,
  groupId: GroupId,
  applicant: UserId,
  { description, proposer }: { readonly description: string; readonly proposer?: UserId },
): Application {
  const earlier = groupApplication(stage, applicant, groupId);
  if (earlier && isOpen(earlier, stage.at)) return earlier;
  if (earlier && proposer === undefined) requireMayReapply(earlier, stage.at);
  const made = newApplication("group", applicant, groupId, description, stage.at);
  const application = proposer === undefined ? made : { ...made, proposer };
  keepGroupApplication(stage, application);
  return application;
}

/** Accepts the waiting applications of those who have come in, however they came. */
export function settleApplications(stage: Stage, groupId: GroupId, userIds: readonly UserId[], by: UserId): void {
  for (const userId of userIds) {
    const application = groupApplication(stage, userId, groupId);
    if (application && isOpen(application, stage.at)) {
      keepGroupApplication(stage, answered(application, true, by, stage.at));
    }
  }
}
