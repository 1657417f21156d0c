import type { CommandSink } from "../timeline/command.ts";
import {
  type Group,
  type GroupId,
  type LookupMembersResponse,
  type MembersResponse,
  ROLES,
  type UserId,
  createGroupRequest,
  listMembersRequest,
  lookupMembersRequest,
} from "@im-webapp/protocol";
import { type ParticipationStore, requireParticipation } from "../conversations/access.ts";
import { ImError } from "../shared/errors.ts";
import { groupConversationId, namedGroupId, newId } from "../shared/ids.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import { createGroup } from "./commands.ts";
import { type GroupReader, type MemberPlace, readGroup } from "./group-reader.ts";

/** @throws {ImError} `BAD_REQUEST` for what no page has given */
function placeOf(page: string): MemberPlace {
  const [number, userId] = decodePage(page, ["number", "string"]);
  const role = Object.values(ROLES).find((one) => one === number);
  if (role === undefined) throw new ImError("BAD_REQUEST", "page: not one of ours");
  return { role, userId };
}

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
    const { name, memberIds, clientGroupId } = validate(createGroupRequest, payload);
    const others = memberIds.filter((userId) => userId !== ownerId);
    const groupId = clientGroupId === undefined ? newId() : namedGroupId(ownerId, clientGroupId);
    await this.#pipeline.submit(createGroup(groupId, name, ownerId, others));
    return readGroup(this.#reader, groupId);
  }

  /** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
  async get(userId: UserId, groupId: GroupId): Promise<Group> {
    await this.#requireMember(userId, groupId);
    return readGroup(this.#reader, groupId);
  }

  /** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
  async members(userId: UserId, groupId: GroupId, payload: unknown): Promise<MembersResponse> {
    const { limit, page, query } = validate(listMembersRequest, payload);
    const after = page === undefined ? undefined : placeOf(page);
    await this.#requireMember(userId, groupId);
    const conversationId = groupConversationId(groupId);
    const found =
      query === undefined
        ? await this.#reader.members(conversationId, after, limit + 1)
        : await this.#reader.findMembers(conversationId, query, after, limit + 1);
    const members = found.slice(0, limit);
    const last = members.at(-1);
    const more = found.length > limit && last !== undefined;
    return { members, more, ...(more && { page: encodePage([last.role, last.userId]) }) };
  }

  /** @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left */
  async lookup(userId: UserId, groupId: GroupId, payload: unknown): Promise<LookupMembersResponse> {
    const { userIds } = validate(lookupMembersRequest, payload);
    await this.#requireMember(userId, groupId);
    return { members: await this.#reader.membersById(groupConversationId(groupId), userIds) };
  }

  async #requireMember(userId: UserId, groupId: GroupId): Promise<void> {
    const conversationId = groupConversationId(groupId);
    const { member } = await requireParticipation(this.#participations, conversationId, userId);
    if (member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this group");
  }
}
