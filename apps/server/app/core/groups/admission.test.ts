import { ROLES } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { addingBy, joiningAlone, stateOfInvitation } from "./admission.ts";

const member = { role: ROLES.member };
const open = { joinPolicy: "open", whoMayAdd: "members" } as const;

describe("adding somebody", () => {
  it("is an admin's to do whatever the settings, and nobody's who is not in the group", () => {
    for (const joinPolicy of ["open", "approval", "invite"] as const) {
      for (const whoMayAdd of ["members", "admins"] as const) {
        const group = { joinPolicy, whoMayAdd };
        expect(addingBy({ role: ROLES.admin }, group)).toBe("join");
        expect(addingBy({ role: ROLES.owner }, group)).toBe("join");
        expect(addingBy({ role: ROLES.owner, leftSeq: 4 }, group)).toBe("closed");
        expect(addingBy(undefined, group)).toBe("closed");
      }
    }
  });

  it("is a member's to do or to propose, where not left to admins", () => {
    expect(addingBy(member, { joinPolicy: "open", whoMayAdd: "members" })).toBe("join");
    expect(addingBy(member, { joinPolicy: "invite", whoMayAdd: "members" })).toBe("join");
    expect(addingBy(member, { joinPolicy: "approval", whoMayAdd: "members" })).toBe("apply");
    expect(addingBy(member, { joinPolicy: "approval", whoMayAdd: "admins" })).toBe("closed");
  });
});

it("coming by oneself follows the policy alone", () => {
  const joinings = (["open", "approval", "invite"] as const).map((joinPolicy) => joiningAlone({ ...open, joinPolicy }));
  expect(joinings).toEqual(["join", "apply", "closed"]);
});

describe("an invitation", () => {
  it("can be accepted until it expires, is full or revoked, or its maker may add no more", () => {
    expect(stateOfInvitation({ uses: 7 }, member, open, 10)).toBe("open");
    expect(stateOfInvitation({ uses: 7, expiresAt: 11, maxUses: 8 }, member, open, 10)).toBe("open");
    expect(stateOfInvitation({ uses: 7, expiresAt: 10 }, member, open, 10)).toBe("expired");
    expect(stateOfInvitation({ uses: 8, maxUses: 8 }, member, open, 10)).toBe("full");
    expect(stateOfInvitation({ uses: 0, revokedAt: 9 }, member, open, 10)).toBe("revoked");
    expect(stateOfInvitation({ uses: 0 }, { ...member, leftSeq: 3 }, open, 10)).toBe("revoked");
    expect(stateOfInvitation({ uses: 0 }, member, { ...open, whoMayAdd: "admins" }, 10)).toBe("revoked");
  });
});
