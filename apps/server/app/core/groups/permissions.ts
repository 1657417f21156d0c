import { ROLES, type Role } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import type { MemberState } from "../timeline/model.ts";

/**
 * What may be done to a group, and the lowest role that may do it. The one place that says so; whoever stands above a
 * role may do all that it may.
 */
export const PERMISSIONS = {
  rename: ROLES.admin,
  setPicture: ROLES.admin,
  setDescription: ROLES.admin,
  announce: ROLES.admin,
  changeSettings: ROLES.admin,
  muteAll: ROLES.admin,
  /** As far as the group's settings allow: see `addingBy`. */
  add: ROLES.member,
  approveApplications: ROLES.admin,
  /** Somebody of lower role, as with muting and with giving an alias. */
  remove: ROLES.admin,
  muteMember: ROLES.admin,
  setOthersAlias: ROLES.admin,
  recallOthersMessage: ROLES.admin,
  pinMessage: ROLES.admin,
  /** While everybody is muted. */
  sendWhileAllMuted: ROLES.admin,
  setRole: ROLES.owner,
  transfer: ROLES.owner,
  dissolve: ROLES.owner,
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether this role may do it. */
export function may(role: Role, permission: Permission): boolean {
  return role >= PERMISSIONS[permission];
}

/** @throws {ImError} `FORBIDDEN` when the member's role does not suffice */
export function requirePermission(actor: Pick<MemberState, "role">, permission: Permission): void {
  if (!may(actor.role, permission)) throw notAllowed();
}

/**
 * For what is done to another member: the actor must stand above them as well.
 *
 * @throws {ImError} `FORBIDDEN` when the actor's role does not suffice
 */
export function requirePermissionOver(
  actor: Pick<MemberState, "role">,
  target: Pick<MemberState, "role">,
  permission: Permission,
): void {
  requirePermission(actor, permission);
  if (actor.role <= target.role) throw notAllowed();
}

function notAllowed(): ImError {
  return new ImError("FORBIDDEN", "your role does not allow this");
}
