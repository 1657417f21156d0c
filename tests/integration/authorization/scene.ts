import { randomUUID } from "node:crypto";
import { ROLES } from "@im-webapp/protocol";
import { restOk } from "../../support/rest.ts";
import type { SharedServer } from "../one-server.ts";
import { serverApi } from "../server-calls.ts";
import type { CallerRole } from "./roles.ts";

export const SERVER_KEY = "a-key-of-the-tests";

/** Longer than the test run, in milliseconds. */
const MUTED_FOR_MS = 3_600_000;

/** Somebody with a session, made without a password so that a hundred scenes cost no hashing. */
export interface Somebody {
  readonly userId: string;
  readonly username: string;
  readonly token: string;
}

/** A group with a message in it, and the one who calls. */
export interface Scene {
  readonly at: Pick<SharedServer, "url" | "raw">;
  readonly groupId: string;
  readonly conversationId: string;
  readonly caller: Somebody;
  /** Owner of the group, unless the caller is. */
  readonly owner: Somebody;
  /** A member without a role, who wrote the message. */
  readonly other: Somebody;
  /** In no group. */
  readonly stranger: Somebody;
  /** The message's place. */
  readonly seq: number;
}

/** A REST call of somebody that prepares a scene and must succeed. */
export function as<T>({ at }: Scene, { token }: Somebody, method: string, path: string, body?: unknown): Promise<T> {
  return restOk<T>(at.url, method, path, { token, ...(body !== undefined && { body }) });
}

/** A fresh group of other people, with the caller in the given role. */
export async function makeScene(at: Scene["at"], role: CallerRole): Promise<Scene> {
  const api = serverApi(at.url, SERVER_KEY);
  const names = ["caller", "owner", "other", "stranger"].map((name) => `${name}-${randomUUID().slice(0, 12)}`);
  const { users } = await api.createUsers(names);
  const { tokens } = await api.createTokens(users.map(({ userId }) => ({ userId, deviceId: randomUUID() })));
  const somebody = (index: number): Somebody => {
    const [user, session] = [users[index], tokens[index]];
    if (!user || !session) throw new Error("a user or a token is missing");
    return { userId: user.userId, username: user.username, token: session.token };
  };
  const [caller, other, stranger] = [somebody(0), somebody(2), somebody(3)];
  const owner = role === "owner" ? caller : somebody(1);
  const isIn = role !== "outsider" && role !== "owner";
  const memberIds = [other.userId, ...(isIn ? [caller.userId] : [])];
  const { groupId, conversationId } = await api.createGroup("A group", owner.userId, memberIds);
  const { results } = await api.send([
    { from: other.userId, to: { groupId }, content: { kind: "text", text: "something" } },
  ]);
  const [sent] = results;
  if (!sent || !("seq" in sent)) throw new Error("the scene's message was refused");
  const scene = { at, groupId, conversationId, caller, owner, other, stranger, seq: sent.seq };
  await takeRole(scene, role);
  return scene;
}

async function takeRole(scene: Scene, role: CallerRole): Promise<void> {
  const { at, caller, conversationId, groupId } = scene;
  if (role === "exMember") await as(scene, caller, "DELETE", `/api/v1/groups/${groupId}/members/${caller.userId}`);
  if (role === "blocked") {
    for (const somebody of [scene.owner, scene.other, scene.stranger]) {
      await as(scene, somebody, "POST", "/api/v1/blocks", { userId: caller.userId });
    }
  }
  const group = `/api/v1/groups/${groupId}`;
  if (role === "muted") {
    const mutedUntil = Date.now() + MUTED_FOR_MS;
    await as(scene, scene.owner, "PATCH", `${group}/members/${caller.userId}`, { mutedUntil });
  }
  if (role === "mutedWithAll") await as(scene, scene.owner, "PATCH", group, { mutedAll: true });
  if (role === "revoked") await as(scene, caller, "POST", "/api/v1/auth/logout", {});
  if (role !== "admin") return;
  await at.raw(async (database) => {
    const where = `conversation_id = '${conversationId}' AND user_id = '${caller.userId}'`;
    await database.run(`UPDATE member SET role = ${ROLES.admin} WHERE ${where}`);
    // The cached members show by their version that they are stale.
    await database.run(
      `UPDATE conversation SET member_version = member_version + 1 WHERE conversation_id = '${conversationId}'`,
    );
  });
}
