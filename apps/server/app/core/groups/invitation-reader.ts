import type { EpochMs, GroupId, User, UserId } from "@im-webapp/protocol";
import type { GroupState, StoredInvitation } from "../timeline/model.ts";
import type { Standing } from "./admission.ts";

/** An invitation with all that decides about it. */
export interface InvitationFound {
  readonly invitation: StoredInvitation;
  /** What its maker is in the group; absent when they never were in it. */
  readonly maker: Standing | undefined;
  readonly group: GroupState;
}

/** Where a listing of invitations goes on: below this one. */
export interface InvitationPlace {
  readonly createdAt: EpochMs;
  readonly token: string;
}

/** Reads invitations. */
export interface InvitationReader {
  find(
    token: string,
  ): Promise<(InvitationFound & { readonly inviter: User; readonly memberCount: number }) | undefined>;
  /**
   * Up to `limit` invitations into the group that nobody has revoked, the newest first.
   *
   * @param createdBy only those of this maker
   */
  list(
    groupId: GroupId,
    createdBy: UserId | undefined,
    after: InvitationPlace | undefined,
    limit: number,
  ): Promise<InvitationFound[]>;
}
