import type { CommandSink } from "../timeline/command.ts";
import { type Group, type GroupId, type MembershipResponse, type UserId, addMembersRequest } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { validate } from "../shared/validate.ts";
import { addMembers, removeMember } from "./commands.ts";
import type { GroupReader } from "./group-reader.ts";

/** Who comes into a group and who goes. */
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
    return { group: await this.#group(groupId), ...(proposed.length > 0 && { proposed }) };
  }

  /** @throws {ImError} as `removeMember` does */
  async remove(actorId: UserId, groupId: GroupId, userId: UserId): Promise<Group> {
    await this.#pipeline.submit(removeMember(groupId, userId, actorId));
    return this.#group(groupId);
  }

  async #group(groupId: GroupId): Promise<Group> {
    const group = await this.#reader.find(groupId);
    if (!group) throw new ImError("NOT_FOUND", "there is no such group");
    return group;
  }
}
