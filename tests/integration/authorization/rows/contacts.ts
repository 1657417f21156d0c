import type { Application } from "@im-webapp/protocol";
import { type Scene, as } from "../scene.ts";
import { type Row, everybody } from "../table.ts";

/** An application of the stranger to the caller's owner, which is not the caller's to answer unless they are the owner. */
async function toOwner(scene: Scene): Promise<{ params: { applicationId: string }; body: object }> {
  const body = { type: "friend", target: scene.owner.userId };
  const { applicationId } = await as<Application>(scene, scene.stranger, "POST", "/api/v1/applications", body);
  return { params: { applicationId }, body: {} };
}

const ownerAlone = {
  outsider: "NOT_FOUND",
  member: "NOT_FOUND",
  muted: "NOT_FOUND",
  mutedWithAll: "NOT_FOUND",
  blocked: "NOT_FOUND",
  exMember: "NOT_FOUND",
  admin: "NOT_FOUND",
  owner: "ok",
  revoked: "UNAUTHENTICATED",
} as const;

const nobody = { ...ownerAlone, owner: "NOT_FOUND" } as const;

/** Contacts, blocks, and applications between people. */
export const contactRows: readonly Row[] = [
  { route: "GET /api/v1/contacts", expected: everybody, request: () => ({}) },
  {
    route: "PATCH /api/v1/contacts/:userId",
    when: "who is none",
    expected: nobody,
    request: ({ stranger }) => ({ params: { userId: stranger.userId }, body: { favourite: true } }),
  },
  {
    route: "DELETE /api/v1/contacts/:userId",
    expected: everybody,
    request: ({ stranger }) => ({ params: { userId: stranger.userId } }),
  },
  { route: "GET /api/v1/blocks", expected: everybody, request: () => ({}) },
  {
    route: "POST /api/v1/blocks",
    expected: everybody,
    request: ({ stranger }) => ({ body: { userId: stranger.userId } }),
  },
  {
    route: "DELETE /api/v1/blocks/:userId",
    expected: everybody,
    request: ({ stranger }) => ({ params: { userId: stranger.userId } }),
  },
  { route: "GET /api/v1/applications", expected: everybody, request: () => ({}) },
  {
    route: "POST /api/v1/applications",
    when: "to a person, who may not learn of being blocked",
    expected: everybody,
    request: ({ stranger }) => ({ body: { type: "friend", target: stranger.userId } }),
  },
  {
    route: "POST /api/v1/applications/:applicationId/accept",
    when: "made to the owner",
    expected: ownerAlone,
    request: toOwner,
  },
  {
    route: "POST /api/v1/applications/:applicationId/refuse",
    when: "made to the owner",
    expected: ownerAlone,
    request: toOwner,
  },
];
