import type { CommandSink } from "../timeline/command.ts";
import {
  type Group,
  type GroupId,
  type MembersResponse,
  type UserId,
  createGroupRequest,
  listMembersRequest,
} from "@im-webapp/protocol";
import { type ParticipationStore, requireParticipation } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { groupConversationId, newId } from "../shared/ids.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import { createGroup } from "./commands.ts";
import type { GroupReader } from "./group-reader.ts";

/** Making groups and reading them. */
export class Groups {
  readonly #pipeline: CommandSink;
  readonly #reader: GroupReader;
  readonly #participations: ParticipationStore;

  constructor(pipeline: CommandSink, reader: GroupReader, participations: ParticipationStore) {
    this.#pipeline = pipeline;
    this.#reader = reader;
    this.#participations = participations;
  }

  /** @throws {ImError} `NOT_FOUND` when one of the members does not exist */
  async create(ownerId: UserId, payload: unknown): Promise<Group> {
    const { name, memberIds } = validate(createGroupRequest, payload);
    const others = memberIds.filter((userId) => userId !== ownerId);
    const groupId = newId();
    await this.#pipeline.submit(createGroup(groupId, name, ownerId, others));
    return this.#find(groupId);
  }

  /** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
  async get(userId: UserId, groupId: GroupId): Promise<Group> {
    await this.#requireMember(userId, groupId);
    return this.#find(groupId);
  }

  /** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
  async members(userId: UserId, groupId: GroupId, payload: unknown): Promise<MembersResponse> {
    const { limit, page } = validate(listMembersRequest, payload);
    const [after] = page === undefined ? [""] : decodePage(page, ["string"]);
    await this.#requireMember(userId, groupId);
    const found = await this.#reader.members(groupConversationId(groupId), after, limit + 1);
    const members = found.slice(0, limit);
    const last = members.at(-1);
    const more = found.length > limit && last !== undefined;
    return { members, more, ...(more && { page: encodePage([last.userId]) }) };
  }

  async #find(groupId: GroupId): Promise<Group> {
    const group = await this.#reader.find(groupId);
    if (!group) throw new ImError("NOT_FOUND", "there is no such group");
    return group;
  }

  async #requireMember(userId: UserId, groupId: GroupId): Promise<void> {
    const conversationId = groupConversationId(groupId);
    const { member } = await requireParticipation(this.#participations, conversationId, userId);
    if (member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this group");
  }
}
