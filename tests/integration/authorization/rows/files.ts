import { randomUUID } from "node:crypto";
import type { FileInfo } from "@im-webapp/protocol";
import { Connection } from "../../../support/connection.ts";
import { uploadFile, words } from "../../file-calls.ts";
import type { Scene } from "../scene.ts";
import { type Row, all, members } from "../table.ts";

/** A file that the group's conversation carries: its owner may always send one. */
async function fileOfGroup({ at, owner, groupId }: Scene): Promise<FileInfo> {
  const info = await uploadFile({ url: at.url, token: owner.token }, words("of the group"));
  const connection = await Connection.open(at.url, owner.token);
  const content = { kind: "file", fileId: info.fileId } as const;
  await connection.ok("message:send", { clientMessageId: randomUUID(), to: { groupId }, content });
  connection.close();
  return info;
}

const params = async (scene: Scene) => ({ params: { fileId: (await fileOfGroup(scene)).fileId } });

/** To one who left, a file of the group does not exist. */
const inGroup = { ...members, exMember: "NOT_FOUND" } as const;

/** Files: uploading, and reading those of a group. */
export const fileRows: readonly Row[] = [
  { route: "POST /api/v1/files", when: "without a file", expected: all("BAD_REQUEST"), request: () => ({ body: {} }) },
  { route: "GET /api/v1/files/:fileId/info", expected: inGroup, request: params },
  { route: "GET /api/v1/files/:fileId/link", expected: inGroup, request: params },
  { route: "GET /api/v1/files/:fileId", expected: inGroup, request: params },
  {
    call: "message:send",
    when: "to a person, with a file of the group",
    expected: { ...inGroup, blocked: "BLOCKED" },
    request: async (scene) => ({
      clientMessageId: randomUUID(),
      to: { userId: scene.stranger.userId },
      content: { kind: "file", fileId: (await fileOfGroup(scene)).fileId },
    }),
  },
];
