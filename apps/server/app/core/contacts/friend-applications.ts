import type { Application, UserId } from "@im-webapp/protocol";
import type { ApplicationRules } from "../applications/rules.ts";
import { answered, isOpen, newApplication, requireMayReapply, withdrawn } from "../applications/states.ts";
import { ImError } from "../shared/errors.ts";
import type { Command, CommandSink } from "../timeline/command.ts";
import { befriend, friendApplication, keepApplication, pairScope } from "./friendship.ts";

/** Applications to be somebody's contact. */
export class FriendApplications implements ApplicationRules {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  apply(applicant: UserId, target: UserId, description: string): Promise<Application> {
    if (applicant === target) {
      return Promise.reject(new ImError("BAD_REQUEST", "nobody is a contact of their own"));
    }
    return this.#pipeline.submit(applyToUser(applicant, target, description));
  }

  answer(userId: UserId, { applicant, target }: Application, accepted: boolean): Promise<Application> {
    if (target !== userId || applicant === undefined) {
      return Promise.reject(new ImError("NOT_FOUND", "there is no such application"));
    }
    return this.#pipeline.submit(answerUser(applicant, userId, accepted));
  }

  withdraw({ applicant, target }: Application & { readonly applicant: UserId }): Promise<Application> {
    return this.#pipeline.submit(withdrawFromUser(applicant, target));
  }
}

/** Takes an application back. @throws {ImError} (from the command) `CONFLICT` when it was answered */
function withdrawFromUser(applicant: UserId, target: UserId): Command<Application> {
  return {
    ...pairScope(applicant, target),
    decide(stage) {
      const stored = friendApplication(stage, applicant, target);
      if (!stored) throw new ImError("NOT_FOUND", "there is no such application");
      const application = withdrawn(stored.application, stage.at);
      if (application !== stored.application) keepApplication(stage, { ...stored, application });
      return application;
    },
  };
}

/**
 * Applies to be a contact; to somebody who has applied to the applicant it accepts. Whoever is blocked by the target
 * gets the same answer as everybody, and the target hears nothing.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` when the target does not exist, `CONFLICT` when they are contacts or
 * the applicant blocks them, `RATE_LIMITED` for a day after a refusal
 */
function applyToUser(applicant: UserId, target: UserId, description: string): Command<Application> {
  return {
    ...pairScope(applicant, target),
    users: [target],
    decide(stage) {
      stage.requireUsers([target]);
      const mine = stage.relations.side(applicant, target);
      const isBlocked = stage.relations.side(target, applicant).blockedAt !== undefined;
      const own = friendApplication(stage, applicant, target);
      const theirs = friendApplication(stage, target, applicant);
      if (mine.contact) {
        const earlier = [own, theirs].find((stored) => stored?.application.status === "accepted");
        if (earlier) return earlier.application;
        throw new ImError("CONFLICT", "they are a contact already");
      }
      if (mine.blockedAt !== undefined) throw new ImError("CONFLICT", "you block this user");
      if (theirs && !isBlocked && isOpen(theirs.application, stage.at)) return befriend(stage, theirs, applicant);
      if (own && isOpen(own.application, stage.at)) {
        // The target has ended their block meanwhile.
        if (own.withheld && !isBlocked) {
          stage.relations.saveApplication({ ...own, withheld: false });
          stage.fanOut({ type: "contact", application: own.application }, [target]);
        }
        return own.application;
      }
      if (own) requireMayReapply(own.application, stage.at);
      const application = newApplication("friend", applicant, target, description, stage.at);
      keepApplication(stage, { application, withheld: isBlocked });
      return application;
    },
  };
}

/**
 * The target's answer.
 *
 * @throws {ImError} (from the command) `NOT_FOUND` when the target does not know of an application or accepts one of
 * somebody whose account has ended, `CONFLICT` when it was answered otherwise, has expired, or is to be accepted by
 * somebody who blocks its applicant
 */
function answerUser(applicant: UserId, target: UserId, accepted: boolean): Command<Application> {
  return {
    ...pairScope(applicant, target),
    users: [applicant],
    decide(stage) {
      const stored = friendApplication(stage, applicant, target);
      if (!stored || stored.withheld) throw new ImError("NOT_FOUND", "there is no such application");
      const next = answered(stored.application, accepted, target, stage.at);
      if (next === stored.application) return next;
      if (!accepted) {
        keepApplication(stage, { ...stored, application: next });
        return next;
      }
      if (stage.relations.side(target, applicant).blockedAt !== undefined) {
        throw new ImError("CONFLICT", "you block this user");
      }
      stage.requireUsers([applicant]);
      return befriend(stage, stored, target);
    },
  };
}
