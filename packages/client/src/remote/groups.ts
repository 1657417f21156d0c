import type {
  EpochMs,
  Group,
  GroupId,
  LookupMembersResponse,
  Member,
  MembersResponse,
  MembershipResponse,
  UpdateGroupRequest,
  UpdateMemberRequest,
  UserId,
} from "@im-webapp/protocol";
import { randomUuid } from "../platform/uuid.ts";
import { search } from "../transport/rest.ts";
import { PORTRAIT_TIMEOUT_MS } from "./portrait-timeout.ts";
import type { RemoteContext } from "./remote.ts";

/** What a new group is made of. */
export interface NewGroup {
  readonly name: string;
  readonly memberIds: readonly UserId[];
  readonly clientGroupId?: string;
}

/** Groups and who is in them. Every call needs the server, and rejects with an `ImError`. */
export class GroupCalls {
  readonly #context: RemoteContext;
  /** The ids of groups whose making was not answered yet, by what was asked for. */
  readonly #unanswered = new Map<string, string>();

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /**
   * Creates a group of the caller, its owner, and `memberIds`, at most `MAX_IDS_PER_CALL` (500); `addMembers` adds more.
   * `name` has 1–64 characters. Its conversation appears in the state by itself. A call whose answer was
   * lost may be made again with the same: it makes no second group. `clientGroupId`, a UUID, does so over restarts.
   */
  async create({ name, memberIds, clientGroupId = this.#idFor(name, memberIds) }: NewGroup): Promise<Group> {
    const account = this.#context.account();
    const body = { name, memberIds, clientGroupId };
    const group = await this.#context.send<Group>({ method: "POST", path: "/groups", body });
    this.#unanswered.clear();
    account.expectConversation(group.conversationId);
    return group;
  }

  #idFor(name: string, memberIds: readonly UserId[]): string {
    const key = JSON.stringify([this.#context.account().me.userId, name, memberIds]);
    const id = this.#unanswered.get(key) ?? randomUuid();
    this.#unanswered.set(key, id);
    return id;
  }

  /** A group's name, owner and number of members. `NOT_FOUND` for one that the caller never was a member of. */
  async get(groupId: GroupId): Promise<Group> {
    return this.#context.send({ method: "GET", path: groupPath(groupId) });
  }

  /**
   * A page of a group's members, 50 of them: the owner, the admins, then the others; `page` of the answer asks for the
   * next one, while `more` is true. With `query`, those whose alias or display name begins with it.
   */
  async members(groupId: GroupId, { page, query }: { page?: string; query?: string } = {}): Promise<MembersResponse> {
    const account = this.#context.account();
    const path = `${groupPath(groupId)}/members?${search({ page, query })}`;
    const answer = await this.#context.send<MembersResponse>({ method: "GET", path });
    account.directory.learn(answer.members);
    return answer;
  }

  /**
   * Adds 1–500 members; those who are members already are left as they are. Gives those who wait for an admin, where an
   * ordinary member may only propose people. `NOT_FOUND` when one does not exist, `FORBIDDEN` where only admins may add.
   */
  async addMembers(groupId: GroupId, userIds: readonly UserId[]): Promise<{ readonly proposed: readonly UserId[] }> {
    const path = `${groupPath(groupId)}/members`;
    const { proposed = [] } = await this.#context.send<MembershipResponse>({ method: "POST", path, body: { userIds } });
    return { proposed };
  }

  /** Puts a member out. `FORBIDDEN` unless the caller's role is above the member's. */
  async removeMember(groupId: GroupId, userId: UserId): Promise<void> {
    await this.#context.send({ method: "DELETE", path: memberPath(groupId, userId) });
  }

  /** Members by id, 1–500; those who are no members at present are left out. */
  async lookupMembers(groupId: GroupId, userIds: readonly UserId[]): Promise<LookupMembersResponse> {
    return this.#context.send({ method: "POST", path: `${groupPath(groupId)}/members/lookup`, body: { userIds } });
  }

  /**
   * Changes a group's name, description, announcement and settings; what is left out stays. `FORBIDDEN` to all but its
   * admins. Everybody's conversation shows it by itself.
   */
  async update(groupId: GroupId, changes: UpdateGroupRequest): Promise<Group> {
    return this.#context.send({ method: "PATCH", path: groupPath(groupId), body: changes });
  }

  /**
   * Makes the group's picture of the middle of an image, with the limits and refusals of `account.setAvatar`. `avatar` is
   * then its path, in the group and in everybody's conversation. `FORBIDDEN` to all but the group's admins.
   */
  async setAvatar(groupId: GroupId, image: Blob): Promise<Group> {
    const path = `${groupPath(groupId)}/avatar`;
    return this.#context.send({ method: "PUT", path, body: image, timeoutMs: PORTRAIT_TIMEOUT_MS });
  }

  /** Takes the group's picture away: a mosaic of its members stands for it. `FORBIDDEN` to all but its admins. */
  async removeAvatar(groupId: GroupId): Promise<Group> {
    return this.#context.send({ method: "DELETE", path: `${groupPath(groupId)}/avatar` });
  }

  /**
   * Changes a member: `role` (for the owner), `alias` (one's own, or as an admin; empty takes it away) and `mutedUntil`
   * (as an admin; null ends it, `MUTED_FOREVER` never ends by itself). `FORBIDDEN` where the caller's role does not suffice.
   */
  async updateMember(groupId: GroupId, userId: UserId, changes: UpdateMemberRequest): Promise<Member> {
    return this.#context.send({ method: "PATCH", path: memberPath(groupId, userId), body: changes });
  }

  /** Hands a group over; the caller stays as an admin. `FORBIDDEN` to all but the owner. */
  async transfer(groupId: GroupId, userId: UserId): Promise<Group> {
    return this.#context.send({ method: "POST", path: `${groupPath(groupId)}/transfer`, body: { userId } });
  }

  /** Dissolves a group: everybody has left it then, and may still read it. `FORBIDDEN` to all but the owner. */
  async dissolve(groupId: GroupId): Promise<Group> {
    return this.#context.send({ method: "DELETE", path: groupPath(groupId) });
  }

  /** Notes on all devices that the announcement of this time has been read. */
  async readAnnouncement(groupId: GroupId, at: EpochMs): Promise<void> {
    await this.#context.send({ method: "PUT", path: `${groupPath(groupId)}/announcement/read`, body: { at } });
  }

  /** Leaves a group. Its conversation stays, with `left: true`, readable up to here. */
  async leave(groupId: GroupId): Promise<void> {
    await this.removeMember(groupId, this.#context.account().me.userId);
  }
}

function groupPath(groupId: GroupId): string {
  return `/groups/${encodeURIComponent(groupId)}`;
}

function memberPath(groupId: GroupId, userId: UserId): string {
  return `${groupPath(groupId)}/members/${encodeURIComponent(userId)}`;
}
