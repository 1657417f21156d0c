import type { ConversationId, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import type { MemberState } from "./model.ts";

/** Who is, and who was, in a conversation, as of one `memberVersion`. Immutable. */
export class Membership {
  static readonly none = new Membership(0, []);

  readonly version: number;
  /** Those who are members at present. */
  readonly activeIds: readonly UserId[];
  readonly #byId: ReadonlyMap<UserId, MemberState>;

  constructor(version: number, members: Iterable<MemberState>) {
    this.version = version;
    this.#byId = new Map(Array.from(members, (member) => [member.userId, member]));
    this.activeIds = [...this.#byId.values()].filter((member) => member.leftSeq === undefined).map((m) => m.userId);
  }

  get(userId: UserId): MemberState | undefined {
    return this.#byId.get(userId);
  }

  isActive(userId: UserId): boolean {
    const member = this.#byId.get(userId);
    return member !== undefined && member.leftSeq === undefined;
  }

  with(version: number, changed: readonly MemberState[]): Membership {
    const members = new Map(this.#byId);
    for (const member of changed) members.set(member.userId, member);
    return new Membership(version, members.values());
  }

  /**
   * The member who acts.
   *
   * @throws {ImError} `NOT_FOUND` for one who never was a member, `NOT_MEMBER` for one who left
   */
  requireActive(conversationId: ConversationId, userId: UserId): MemberState {
    const member = this.get(userId);
    if (!member) throw new ImError("NOT_FOUND", `conversation ${conversationId} does not exist`);
    if (member.leftSeq !== undefined) throw new ImError("NOT_MEMBER", "you have left this conversation");
    return member;
  }
}
