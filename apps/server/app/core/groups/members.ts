import { type Group, type GroupId, ROLES, type UserId, addMembersRequest } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import type { Membership } from "../timeline/membership.ts";
import type { MemberState } from "../timeline/model.ts";
import type { Pipeline } from "../timeline/pipeline.ts";
import { newcomer, tell } from "./changes.ts";
import type { GroupReader } from "./group-reader.ts";

/** Who comes into a group and who goes. */
export class GroupMembers {
  readonly #pipeline: Pipeline;
  readonly #reader: GroupReader;

  constructor(pipeline: Pipeline, reader: GroupReader) {
    this.#pipeline = pipeline;
    this.#reader = reader;
  }

  /**
   * Any member may add. Those who are members already are left as they are.
   *
   * @throws {ImError} `NOT_FOUND` to outsiders or when a user does not exist, `NOT_MEMBER` to those who left
   */
  async add(actorId: UserId, groupId: GroupId, payload: unknown): Promise<Group> {
    const { userIds } = validate(addMembersRequest, payload);
    const conversationId = groupConversationId(groupId);
    await this.#pipeline.submit<void>({
      locks: [conversationId],
      users: userIds,
      decide(stage) {
        const membership = stage.membership(conversationId);
        membership.requireActive(conversationId, actorId);
        // After the membership, so that an outsider learns nothing, not even which users exist.
        stage.requireUsers(userIds);
        const before = stage.conversation(conversationId)?.lastSeq ?? 0;
        const joining = userIds.filter((userId) => !isActive(membership.get(userId)));
        if (joining.length === 0) return;
        stage.putMembers(
          conversationId,
          joining.map((userId) => newcomer(userId, ROLES.member, before, stage.at, membership.get(userId))),
        );
        for (const userId of joining) stage.moveRead({ conversationId, userId, readSeq: before });
        tell(stage, conversationId, { kind: "system", event: "member.added", by: actorId, userIds: joining });
      },
    });
    return this.#group(groupId);
  }

  /**
   * Removes a member of lower role, or the actor themself, who then leaves. When the owner leaves, the admin (or else
   * the member) who joined first becomes the owner.
   *
   * @throws {ImError} `NOT_FOUND` to outsiders and for somebody who is not a member, `NOT_MEMBER` to those who left,
   * `FORBIDDEN` when the role does not suffice
   */
  async remove(actorId: UserId, groupId: GroupId, userId: UserId): Promise<Group> {
    const conversationId = groupConversationId(groupId);
    const group = await this.#reader.find(groupId);
    await this.#pipeline.submit<void>({
      locks: [conversationId],
      decide(stage) {
        const membership = stage.membership(conversationId);
        const actor = membership.requireActive(conversationId, actorId);
        const target = membership.get(userId);
        if (!target || !isActive(target)) throw new ImError("NOT_FOUND", "there is no such member");
        const leaves = actorId === userId;
        if (!leaves && actor.role <= target.role) throw new ImError("FORBIDDEN", "your role does not allow this");
        const leftSeq = (stage.conversation(conversationId)?.lastSeq ?? 0) + 1;
        const changed: MemberState[] = [{ ...target, role: ROLES.member, leftSeq }];
        const heir = target.role === ROLES.owner ? findHeir(membership, userId) : undefined;
        if (heir && group) {
          changed.push({ ...heir, role: ROLES.owner });
          stage.saveGroup({ groupId, conversationId, name: group.name, ownerId: heir.userId });
        }
        stage.putMembers(conversationId, changed);
        tell(
          stage,
          conversationId,
          leaves
            ? { kind: "system", event: "member.left", by: actorId }
            : { kind: "system", event: "member.removed", by: actorId, userIds: [userId] },
          [userId],
        );
      },
    });
    return this.#group(groupId);
  }

  async #group(groupId: GroupId): Promise<Group> {
    const group = await this.#reader.find(groupId);
    if (!group) throw new ImError("NOT_FOUND", "there is no such group");
    return group;
  }
}

function isActive(member: MemberState | undefined): boolean {
  return member !== undefined && member.leftSeq === undefined;
}

function findHeir(membership: Membership, leavingId: UserId): MemberState | undefined {
  return membership.activeIds
    .flatMap((id) => membership.get(id) ?? [])
    .filter((member) => member.userId !== leavingId)
    .toSorted((a, b) => b.role - a.role || a.joinedAt - b.joinedAt)[0];
}
