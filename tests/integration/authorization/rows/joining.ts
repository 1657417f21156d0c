import type { Application, Invitation } from "@im-webapp/protocol";
import { type Scene, as } from "../scene.ts";
import { type Row, admins, all, everybody, members } from "../table.ts";

/** A link of the group's owner. */
async function link(scene: Scene): Promise<{ params: { groupId: string; token: string }; body: object }> {
  const path = `/api/v1/groups/${scene.groupId}/invitations`;
  const { token } = await as<Invitation>(scene, scene.owner, "POST", path, {});
  return { params: { groupId: scene.groupId, token }, body: {} };
}

/** Links into groups, and asking to come in. */
export const joiningRows: readonly Row[] = [
  {
    route: "GET /api/v1/groups/:groupId/card",
    when: "of a group that takes nobody who has not been invited",
    expected: { ...everybody, outsider: "NOT_FOUND", exMember: "NOT_FOUND" },
    request: ({ groupId }) => ({ params: { groupId } }),
  },
  {
    route: "POST /api/v1/groups/:groupId/invitations",
    expected: members,
    request: ({ groupId }) => ({ params: { groupId }, body: {} }),
  },
  {
    route: "GET /api/v1/groups/:groupId/invitations",
    expected: members,
    request: ({ groupId }) => ({ params: { groupId } }),
  },
  {
    route: "DELETE /api/v1/groups/:groupId/invitations/:token",
    when: "of another",
    expected: {
      ...admins,
      member: "NOT_FOUND",
      muted: "NOT_FOUND",
      mutedWithAll: "NOT_FOUND",
      blocked: "NOT_FOUND",
    },
    request: link,
  },
  {
    route: "GET /api/v1/invitations/:token",
    expected: everybody,
    request: async (scene) => ({ params: (await link(scene)).params }),
  },
  { route: "POST /api/v1/invitations/:token/accept", expected: everybody, request: link },
  {
    route: "POST /api/v1/applications",
    when: "to a group that takes nobody who has not been invited",
    expected: { ...everybody, outsider: "FORBIDDEN", exMember: "FORBIDDEN" },
    request: ({ groupId }) => ({ body: { type: "group", target: groupId } }),
  },
  {
    route: "DELETE /api/v1/applications/:applicationId",
    when: "of another",
    expected: all("NOT_FOUND"),
    request: async (scene) => {
      const body = { type: "friend", target: scene.other.userId };
      const made = await as<Application>(scene, scene.stranger, "POST", "/api/v1/applications", body);
      return { params: { applicationId: made.applicationId } };
    },
  },
];
