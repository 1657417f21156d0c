import { ROLES, type Role } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { PERMISSIONS, type Permission, may, requirePermission, requirePermissionOver } from "./permissions.ts";

const roles = Object.values(ROLES);
const permissions = Object.keys(PERMISSIONS) as Permission[];
const forbidden = expect.objectContaining({ code: "FORBIDDEN" }) as Error;

/** What each role may do beyond the one below it. */
const ADDED: Record<Role, readonly Permission[]> = {
  0: ["add"],
  1: [
    "rename",
    "setPicture",
    "setDescription",
    "announce",
    "changeSettings",
    "muteAll",
    "approveApplications",
    "remove",
    "muteMember",
    "setOthersAlias",
    "recallOthersMessage",
    "pinMessage",
    "sendWhileAllMuted",
  ],
  100: ["setRole", "transfer", "dissolve"],
};

describe("the table of permissions", () => {
  for (const role of roles) {
    const allowed = roles.filter((lower) => lower <= role).flatMap((lower) => ADDED[lower]);
    it.each(permissions)(`says of role ${role} whether it may: %s`, (permission) => {
      expect(may(role, permission)).toBe(allowed.includes(permission));
      const require = () => requirePermission({ role }, permission);
      if (allowed.includes(permission)) expect(require).not.toThrow();
      else expect(require).toThrow(forbidden);
    });
  }

  it("lets nobody act upon an equal or a higher one", () => {
    for (const actor of roles) {
      for (const target of roles) {
        const act = () => requirePermissionOver({ role: actor }, { role: target }, "remove");
        if (actor >= ROLES.admin && actor > target) expect(act).not.toThrow();
        else expect(act).toThrow(forbidden);
      }
    }
  });
});
