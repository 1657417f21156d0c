import type { Application, Group, GroupCard, GroupCardResponse, GroupId, UserId } from "@im-webapp/protocol";
import type { ApplicationReader } from "../applications/application-reader.ts";
import type { ParticipationStore } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { applicationIdOf } from "../shared/ids.ts";
import type { GroupState } from "../timeline/model.ts";
import { joiningAlone } from "./admission.ts";
import type { GroupReader } from "./group-reader.ts";

/** What somebody sees of a group, and how they stand to it. */
export interface GroupCardFor {
  readonly group: GroupCard;
  readonly application?: Application;
}

/** What groups show of themselves to those who are not in them. */
export class GroupCards {
  readonly #groups: GroupReader;
  readonly #participations: ParticipationStore;
  readonly #applications: Pick<ApplicationReader, "find">;

  constructor(groups: GroupReader, participations: ParticipationStore, applications: Pick<ApplicationReader, "find">) {
    this.#groups = groups;
    this.#participations = participations;
    this.#applications = applications;
  }

  /**
   * The card of a group that people may ask to join, and to its members that of any.
   *
   * @throws {ImError} `NOT_FOUND` to others, and when there is no such group
   */
  async show(userId: UserId, groupId: GroupId): Promise<GroupCardResponse> {
    const found = await this.#groups.find(groupId);
    if (!found || found.dissolvedAt !== undefined) throw new ImError("NOT_FOUND", "there is no such group");
    const joining = joiningAlone(found);
    const card = await this.of(userId, found);
    if (joining === "closed" && !card.group.isMember) throw new ImError("NOT_FOUND", "there is no such group");
    return { joining, ...card };
  }

  /** The card of a group for one who may see it. */
  async of(userId: UserId, group: GroupState & Pick<Group, "memberCount">): Promise<GroupCardFor> {
    const { conversationId, groupId } = group;
    const [participation, stored] = await Promise.all([
      this.#participations.find(conversationId, userId),
      this.#applications.find(applicationIdOf("group", userId, groupId)),
    ]);
    const isMember = participation !== undefined && participation.member.leftSeq === undefined;
    return {
      group: {
        groupId,
        name: group.name,
        description: group.description,
        memberCount: group.memberCount,
        isMember,
        ...(group.avatar !== undefined && { avatar: group.avatar }),
        ...(isMember && { conversationId }),
      },
      ...(stored && { application: stored.application }),
    };
  }
}
