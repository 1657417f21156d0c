import type { Group, GroupId, MembersResponse, MembershipResponse, UserId } from "@im-webapp/protocol";
import { search } from "../transport/rest.ts";
import type { RemoteContext } from "./remote.ts";

/** Groups and who is in them. Every call needs the server, and rejects with an `ImError`. */
export class GroupCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /**
   * Creates a group of the caller, its owner, and `memberIds`, at most `MAX_IDS_PER_CALL` (500); `addMembers` adds more.
   * `name` has 1–64 characters. Its conversation appears in the state by itself.
   */
  async create({ name, memberIds }: { name: string; memberIds: readonly UserId[] }): Promise<Group> {
    const account = this.#context.account();
    const group = await this.#context.send<Group>({ method: "POST", path: "/groups", body: { name, memberIds } });
    account.expectConversation(group.conversationId);
    return group;
  }

  /** A group's name, owner and number of members. `NOT_FOUND` for one that the caller never was a member of. */
  async get(groupId: GroupId): Promise<Group> {
    return this.#context.send({ method: "GET", path: groupPath(groupId) });
  }

  /** A page of a group's members, 50 of them; `page` of the answer asks for the next one, while `more` is true. */
  async members(groupId: GroupId, page?: string): Promise<MembersResponse> {
    const account = this.#context.account();
    const path = `${groupPath(groupId)}/members?${search({ page })}`;
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
    const path = `${groupPath(groupId)}/members/${encodeURIComponent(userId)}`;
    await this.#context.send({ method: "DELETE", path });
  }

  /** Leaves a group. Its conversation stays, with `left: true`, readable up to here. */
  async leave(groupId: GroupId): Promise<void> {
    await this.removeMember(groupId, this.#context.account().me.userId);
  }
}

function groupPath(groupId: GroupId): string {
  return `/groups/${encodeURIComponent(groupId)}`;
}
