import type { CommandSink } from "../timeline/command.ts";
import {
  type Group,
  type GroupId,
  type Member,
  type MembershipResponse,
  type UserId,
  addMembersRequest,
  transferGroupRequest,
  updateMemberRequest,
} from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { groupConversationId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";
import { addMembers, removeMember } from "./commands.ts";
import { type GroupReader, readGroup } from "./group-reader.ts";
import { transferGroup, updateMember } from "./update-member.ts";

/** Who comes into a group, who goes, and what they are in it. */
export class GroupMembers {
  readonly #pipeline: CommandSink;
  readonly #reader: GroupReader;

  constructor(pipeline: CommandSink, reader: GroupReader) {
    this.#pipeline = pipeline;
    this.#reader = reader;
  }

  /** @throws {ImError} as `addMembers` does */
  async add(actorId: UserId, groupId: GroupId, payload: unknown): Promise<MembershipResponse> {
    const { userIds } = validate(addMembersRequest, payload);
    const proposed = await this.#pipeline.submit(addMembers(groupId, userIds, actorId));
    return { group: await readGroup(this.#reader, groupId), ...(proposed.length > 0 && { proposed }) };
  }

  /** @throws {ImError} as `removeMember` does */
  async remove(actorId: UserId, groupId: GroupId, userId: UserId): Promise<Group> {
    await this.#pipeline.submit(removeMember(groupId, userId, actorId));
    return readGroup(this.#reader, groupId);
  }

  /** @throws {ImError} as `updateMember` does */
  async update(actorId: UserId, groupId: GroupId, userId: UserId, payload: unknown): Promise<Member> {
    await this.#pipeline.submit(updateMember(groupId, userId, validate(updateMemberRequest, payload), actorId));
    const [member] = await this.#reader.membersById(groupConversationId(groupId), [userId]);
    if (!member) throw new ImError("NOT_FOUND", "there is no such member");
    return member;
  }

  /** @throws {ImError} as `transferGroup` does */
  async transfer(actorId: UserId, groupId: GroupId, payload: unknown): Promise<Group> {
    const { userId } = validate(transferGroupRequest, payload);
    await this.#pipeline.submit(transferGroup(groupId, userId, actorId));
    return readGroup(this.#reader, groupId);
  }
}
