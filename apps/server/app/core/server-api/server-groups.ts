import type { CommandSink } from "../timeline/command.ts";
import {
  type GroupId,
  MAX_IDS_PER_CALL,
  SYSTEM_SENDER,
  type ServerGroupResponse,
  type UserId,
  serverGroupRequest,
  serverMembersRequest,
} from "@im-webapp/protocol";
import { addMembers, createGroup } from "../groups/commands.ts";
import { groupConversationId, newId } from "../shared/ids.ts";
import { validate } from "../shared/validate.ts";

/** Groups of up to 100,000 members, for the program that embeds this one. */
export class ServerGroups {
  readonly #pipeline: CommandSink;

  constructor(pipeline: CommandSink) {
    this.#pipeline = pipeline;
  }

  /** @throws {ImError} `NOT_FOUND` when the owner or a member does not exist */
  async create(payload: unknown): Promise<ServerGroupResponse> {
    const { name, ownerId, memberIds } = validate(serverGroupRequest, payload);
    const others = memberIds.filter((userId) => userId !== ownerId);
    const groupId = newId();
    await this.#pipeline.submit(createGroup(groupId, name, ownerId, others.slice(0, MAX_IDS_PER_CALL)));
    await this.#addInParts(groupId, others.slice(MAX_IDS_PER_CALL));
    return { groupId, conversationId: groupConversationId(groupId) };
  }

  /** @throws {ImError} `NOT_FOUND` when the group or a user does not exist; those of earlier parts are members then */
  async addMembers(groupId: GroupId, payload: unknown): Promise<Record<string, never>> {
    await this.#addInParts(groupId, validate(serverMembersRequest, payload).userIds);
    return {};
  }

  /** In parts, because each says in one system message who came. */
  async #addInParts(groupId: GroupId, userIds: readonly UserId[]): Promise<void> {
    for (let start = 0; start < userIds.length; start += MAX_IDS_PER_CALL) {
      const part = userIds.slice(start, start + MAX_IDS_PER_CALL);
      await this.#pipeline.submit(addMembers(groupId, part, SYSTEM_SENDER));
    }
  }
}
