import { randomUUID } from "node:crypto";
import {
  CALLS,
  ERROR_CODES,
  type WireError,
  group,
  isErrorCode,
  me,
  membersResponse,
  membershipResponse,
  sessionResponse,
  user,
  usersResponse,
} from "@im-webapp/protocol";
import { type Random, integer } from "../support/random.ts";
import { wireErrorOf } from "../support/rest.ts";

/** Ids that exist, of the sender's own and of other people's, for payloads that get past the schema. */
export interface Places {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly conversations: readonly string[];
}

const pick = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[integer(random, 0, list.length - 1)];
  if (chosen === undefined) throw new Error("nothing to pick from");
  return chosen;
};

/** A well-formed payload for one of the socket calls; not always one that is allowed. */
export function socketCall(random: Random, places: Places): { event: string; payload: unknown } {
  const conversationId = pick(random, places.conversations);
  const to = pick<unknown>(random, [
    { userId: pick(random, places.users) },
    { groupId: pick(random, places.groups) },
    { conversationId },
  ]);
  const content = pick<unknown>(random, [
    { kind: "text", text: "plain" },
    { kind: "text", text: "你好 🀄" },
    { kind: "location", lat: 31.2, lng: 121.5, name: "外滩" },
    { kind: "custom", type: "poll", data: { question: "tea?", answers: ["yes", "no"], nested: [{ a: [1, null] }] } },
  ]);
  const seq = integer(random, 0, 60);
  const limit = integer(random, 1, 500);
  const mentions = pick<unknown>(random, ["all", places.users.slice(0, 3)]);
  return pick(random, [
    { event: "message:send", payload: { clientMessageId: randomUUID(), to, content } },
    { event: "message:send", payload: { clientMessageId: randomUUID(), to, content, replyTo: seq, mentions } },
    { event: "sync:pull", payload: { cursor: seq, limit } },
    { event: "sync:bootstrap", payload: { limit } },
    { event: "sync:bootstrap", payload: { page: "bm90IGEgcGFnZQ", limit } },
    { event: "sync:ack", payload: { cursor: seq, groups: [{ conversationId, lastSeq: seq, changeSeq: 0 }] } },
    { event: "history:pull", payload: { conversationId, limit } },
    { event: "history:pull", payload: { conversationId, [pick(random, ["before", "after", "around"])]: seq, limit } },
    { event: "read:mark", payload: { conversationId, seq } },
    {
      event: "conversation:set",
      payload: { conversationId, pinned: true, notify: 1, hidden: true, markedUnread: true },
    },
    { event: "draft:set", payload: { conversationId, text: "begun", at: 1, base: 0 } },
    { event: "history:find", payload: { conversationId, at: 1 } },
    { event: "typing:set", payload: { conversationId, typing: seq % 2 === 0 } },
    { event: "presence:watch", payload: { userIds: places.users.slice(0, 3) } },
  ]);
}

/** A REST call before it is spoilt. */
export interface RestCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** What a success must look like. */
  readonly answer: { safeParse(value: unknown): { success: boolean } };
}

/** A well-formed REST call; `account` names who may be logged in and out without harm to others. */
export function restCall(random: Random, places: Places, account: { username: string; password: string }): RestCall {
  const device = { deviceId: "fuzz", name: "fuzz" };
  const groupId = pick(random, places.groups);
  const userId = pick(random, places.users);
  const userIds = [userId, pick(random, places.users)];
  const calls: readonly RestCall[] = [
    { method: "GET", path: "/api/v1/me", answer: me },
    { method: "PATCH", path: "/api/v1/me", body: { hidePresence: random() < 0.5 }, answer: me },
    { method: "GET", path: `/api/v1/users?query=a&limit=${integer(random, 1, 500)}`, answer: usersResponse },
    { method: "POST", path: "/api/v1/users/lookup", body: { userIds }, answer: usersResponse },
    { method: "GET", path: `/api/v1/users/${userId}`, answer: user },
    { method: "POST", path: "/api/v1/groups", body: { name: "fuzz", memberIds: userIds }, answer: group },
    { method: "GET", path: `/api/v1/groups/${groupId}`, answer: group },
    { method: "GET", path: `/api/v1/groups/${groupId}/members?limit=2`, answer: membersResponse },
    { method: "POST", path: `/api/v1/groups/${groupId}/members`, body: { userIds }, answer: membershipResponse },
    { method: "DELETE", path: `/api/v1/groups/${groupId}/members/${userId}`, answer: membershipResponse },
  ];
  // Fewer of those that cost a password hash.
  if (random() < 0.15) {
    const register = {
      username: `fuzz-${randomUUID()}`,
      password: "password",
      displayName: "Fuzz",
      phone: "+86 138 0013 8000",
      device,
    };
    return pick(random, [
      { method: "POST", path: "/api/v1/auth/register", body: register, answer: sessionResponse },
      { method: "POST", path: "/api/v1/auth/login", body: { ...account, device }, answer: sessionResponse },
    ]);
  }
  return pick(random, calls);
}

/** Codes that a fault of the server's own, or of its resources, would carry: none of them belongs to bad input. */
function problemWith(error: WireError | undefined): string | undefined {
  if (error === undefined) return "no error of the protocol's form";
  if (error.code === "INTERNAL") return "INTERNAL";
  const later = ERROR_CODES[error.code].retry === "later";
  if (later && typeof error.retryAfterMs !== "number") return `${error.code} without retryAfterMs`;
  return undefined;
}

/** What is wrong with an acknowledgement; undefined when it is as the protocol states. */
export function problemOfAck(event: string, ack: unknown): string | undefined {
  if (typeof ack !== "object" || ack === null || !("ok" in ack)) return "no acknowledgement of the protocol's form";
  if (ack.ok === true) {
    if (!Object.hasOwn(CALLS, event)) return "an unknown call succeeded";
    const { response } = CALLS[event as keyof typeof CALLS];
    return response.safeParse("data" in ack ? ack.data : undefined).success ? undefined : "data that fails its schema";
  }
  return problemWith("error" in ack ? wireErrorOf({ error: ack.error }) : undefined);
}

/** What is wrong with a REST answer; undefined when it is as the protocol states. */
export function problemOfAnswer(status: number, body: unknown, success?: RestCall["answer"]): string | undefined {
  if (status >= 200 && status < 300) {
    if (success === undefined) return `an unexpected ${status}`;
    return success.safeParse(body).success ? undefined : `a body of ${status} that fails its schema`;
  }
  const error = wireErrorOf(body);
  const problem = problemWith(error);
  if (problem !== undefined) return `${status}: ${problem}`;
  if (error !== undefined && isErrorCode(error.code) && ERROR_CODES[error.code].status !== status) {
    return `${status} with ${error.code}`;
  }
  return undefined;
}
