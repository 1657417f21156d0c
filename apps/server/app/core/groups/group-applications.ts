import type { Application, GroupId, UserId } from "@im-webapp/protocol";
import type { ApplicationRules } from "../applications/rules.ts";
import { answered, newApplication, withdrawn } from "../applications/states.ts";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import type { Command, CommandSink } from "../timeline/command.ts";
import { joiningAlone } from "./admission.ts";
import { admit } from "./admit.ts";
import { applicationsTo, applyToAdmins, groupApplication, keepGroupApplication } from "./applying.ts";
import { may } from "./permissions.ts";

/** Applications to be a group's member. */
export class GroupApplications implements ApplicationRules {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  apply(applicant: UserId, groupId: GroupId, description: string): Promise<Application> {
    return this.#pipeline.submit(applyToGroup(applicant, groupId, description));
  }

  answer(userId: UserId, { applicant, target }: Application, accepted: boolean): Promise<Application> {
    if (applicant === undefined) return Promise.reject(noSuchApplication());
    return this.#pipeline.submit(answerForGroup(applicant, target, userId, accepted));
  }

  withdraw({ applicant, target }: Application & { readonly applicant: UserId }): Promise<Application> {
    return this.#pipeline.submit(withdrawFromGroup(applicant, target));
  }
}

/**
 * Asks to come into a group: at once into an open one, by its admins' leave where they approve. A member's application
 * counts as accepted.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` when there is no such group, `FORBIDDEN` when it takes nobody this way,
 * `RATE_LIMITED` for a day after a refusal
 */
function applyToGroup(applicant: UserId, groupId: GroupId, description: string): Command<Application> {
  return {
    ...groupScope(applicant, groupId),
    decide(stage) {
      const group = stage.requireGroup(groupId);
      if (group.dissolvedAt !== undefined) throw new ImError("NOT_FOUND", "there is no such group");
      const accepted: Application = {
        ...newApplication("group", applicant, groupId, description, stage.at),
        status: "accepted",
      };
      if (stage.membership(group.conversationId).isActive(applicant)) return accepted;
      const joining = joiningAlone(group);
      if (joining === "closed") throw new ImError("FORBIDDEN", "this group takes nobody who has not been invited");
      if (joining === "apply") return applyToAdmins(stage, groupId, applicant, { description });
      admit(stage, groupId, [applicant], applicant, () => ({ kind: "system", event: "member.joined", by: applicant }));
      return groupApplication(stage, applicant, groupId) ?? accepted;
    },
  };
}

/**
 * An admin's answer; the first one decides.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` to all but the group's admins, `CONFLICT` with the `status` when it was
 * answered otherwise or has expired
 */
function answerForGroup(applicant: UserId, groupId: GroupId, actorId: UserId, accepted: boolean): Command<Application> {
  return {
    ...groupScope(applicant, groupId),
    decide(stage) {
      const actor = stage.membership(groupConversationId(groupId)).get(actorId);
      const application = groupApplication(stage, applicant, groupId);
      const isDissolved = stage.group(groupId)?.dissolvedAt !== undefined;
      if (
        !application ||
        !actor ||
        isDissolved ||
        actor.leftSeq !== undefined ||
        !may(actor.role, "approveApplications")
      ) {
        throw noSuchApplication();
      }
      const next = answered(application, accepted, actorId, stage.at);
      if (next === application) return next;
      keepGroupApplication(stage, next);
      if (accepted) {
        admit(stage, groupId, [applicant], actorId, (userIds) => ({
          kind: "system",
          event: "member.added",
          by: actorId,
          userIds,
        }));
      }
      return next;
    },
  };
}

/** @throws {ImError} (from the command) `NOT_FOUND` when there is none, `CONFLICT` when it was answered */
function withdrawFromGroup(applicant: UserId, groupId: GroupId): Command<Application> {
  return {
    ...groupScope(applicant, groupId),
    decide(stage) {
      const application = groupApplication(stage, applicant, groupId);
      if (!application) throw noSuchApplication();
      const next = withdrawn(application, stage.at);
      if (next !== application) keepGroupApplication(stage, next);
      return next;
    },
  };
}

/** What a command on somebody's application to a group locks and reads. */
function groupScope(applicant: UserId, groupId: GroupId): Pick<Command<unknown>, "locks" | "applications"> {
  return { locks: [groupConversationId(groupId)], applications: applicationsTo(groupId, [applicant]) };
}

function noSuchApplication(): ImError {
  return new ImError("NOT_FOUND", "there is no such application");
}
