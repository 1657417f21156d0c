import type { EpochMs, InvitationState, Joining } from "@im-webapp/protocol";
import type { GroupState, MemberState, StoredInvitation } from "../timeline/model.ts";
import { may } from "./permissions.ts";

/** The settings of a group by which people come into it. */
export type Admittance = Pick<GroupState, "joinPolicy" | "whoMayAdd" | "dissolvedAt">;

/** A member, past or present, with what they may do. */
export type Standing = Pick<MemberState, "role" | "leftSeq">;

/**
 * What it comes to when this member adds somebody: an admin always may. Where only admins may add, an ordinary member
 * may not; where admins approve who joins, an ordinary member may propose somebody.
 */
export function addingBy(member: Standing | undefined, { joinPolicy, whoMayAdd, dissolvedAt }: Admittance): Joining {
  if (!member || member.leftSeq !== undefined || dissolvedAt !== undefined) return "closed";
  if (may(member.role, "approveApplications")) return "join";
  if (whoMayAdd === "admins") return "closed";
  return joinPolicy === "approval" ? "apply" : "join";
}

/** What it comes to when somebody asks to come in by themself. */
export function joiningAlone({ joinPolicy, dissolvedAt }: Admittance): Joining {
  if (dissolvedAt !== undefined) return "closed";
  if (joinPolicy === "open") return "join";
  return joinPolicy === "approval" ? "apply" : "closed";
}

/**
 * Whether an invitation can be accepted. It lasts no longer than its maker's right to add: otherwise a link would outlive
 * the trust in the one who made it.
 */
export function stateOfInvitation(
  invitation: Pick<StoredInvitation, "expiresAt" | "maxUses" | "uses" | "revokedAt">,
  maker: Standing | undefined,
  group: Admittance,
  now: EpochMs,
): InvitationState {
  if (invitation.revokedAt !== undefined || addingBy(maker, group) === "closed") return "revoked";
  if (invitation.expiresAt !== undefined && invitation.expiresAt <= now) return "expired";
  return invitation.maxUses !== undefined && invitation.uses >= invitation.maxUses ? "full" : "open";
}
