import type { Application, UserId } from "@im-webapp/protocol";
import { answered, isOpen } from "../applications/states.ts";
import { applicationIdOf, directConversationId } from "../shared/ids.ts";
import type { Command } from "../timeline/command.ts";
import { type RelationSide, type StoredApplication, toContact } from "../timeline/relations.ts";
import type { Stage } from "../timeline/stage.ts";

/** What a command on the relation of two users locks and reads. Both timelines: each hears of what the other does. */
export function pairScope(
  a: UserId,
  b: UserId,
): Pick<Command<unknown>, "locks" | "lane" | "timelines" | "pairs" | "applications"> {
  const pair = directConversationId(a, b);
  return {
    locks: [],
    lane: pair,
    timelines: [a, b],
    pairs: [pair],
    applications: [applicationIdOf("friend", a, b), applicationIdOf("friend", b, a)],
  };
}

/** The application of one of the two to the other. */
export function friendApplication(stage: Stage, applicant: UserId, target: UserId): StoredApplication | undefined {
  return stage.relations.application(applicationIdOf("friend", applicant, target));
}

/** Keeps a side in its new state, and tells its user. */
export function keepSide(stage: Stage, side: RelationSide): void {
  stage.relations.saveSide(side);
  stage.fanOut({ type: "contact", contact: toContact(side) }, [side.userId]);
}

/** Keeps an application between users in its new state, and tells those who may see it. */
export function keepApplication(stage: Stage, stored: StoredApplication): void {
  stage.relations.saveApplication(stored);
  const { application, withheld } = stored;
  const { applicant, target } = application;
  const userIds = [...(applicant === undefined ? [] : [applicant]), ...(withheld ? [] : [target])];
  stage.fanOut({ type: "contact", application }, userIds);
}

/**
 * Makes two users contacts of each other by accepting an application of theirs; one that goes the other way is accepted
 * with it. Gives the application in its new state.
 */
export function befriend(stage: Stage, { application }: StoredApplication, by: UserId): Application {
  const { applicant, target } = application;
  const accepted = answered(application, true, by, stage.at);
  keepApplication(stage, { application: accepted, withheld: false });
  if (applicant === undefined) return accepted;
  const reverse = friendApplication(stage, target, applicant);
  if (reverse && isOpen(reverse.application, stage.at)) {
    keepApplication(stage, { application: answered(reverse.application, true, by, stage.at), withheld: false });
  }
  for (const [userId, peerId] of [
    [applicant, target],
    [target, applicant],
  ] as const) {
    const side = stage.relations.side(userId, peerId);
    if (!side.contact) keepSide(stage, { ...side, contact: { favourite: false, since: stage.at } });
  }
  return accepted;
}
