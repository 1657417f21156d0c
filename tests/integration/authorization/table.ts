import type { CallName, ErrorCode } from "@im-webapp/protocol";
import type { CallerRole } from "./roles.ts";
import type { Scene } from "./scene.ts";

/** The code of a refusal, or that it succeeds. */
export type Outcome = ErrorCode | "ok";

/** What a REST call carries besides its token. */
export interface RestCallOf {
  /** By the names in the route's path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Behind `?`, if it needs any. */
  readonly query?: string;
  readonly body?: unknown;
}

type Expected = Readonly<Record<CallerRole, Outcome>>;

/** A REST call by its method and path, as in `ROUTES`. */
export interface RestRow {
  readonly route: `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} /api/v1/${string}`;
  /** What tells this row from others of the same call. */
  readonly when?: string;
  readonly expected: Expected;
  /** Runs in a fresh scene; may prepare what the call needs. */
  request(scene: Scene): RestCallOf | Promise<RestCallOf>;
}

/** A socket call by its name, as in `CALLS`. */
export interface SocketRow {
  readonly call: CallName;
  readonly when?: string;
  readonly expected: Expected;
  request(scene: Scene): object | Promise<object>;
}

export type Row = RestRow | SocketRow;

/** The same to everybody with a session, as with what is about the caller's own account. */
export const all = (outcome: Outcome): Expected => ({
  outsider: outcome,
  member: outcome,
  muted: outcome,
  mutedWithAll: outcome,
  blocked: outcome,
  exMember: outcome,
  admin: outcome,
  owner: outcome,
  revoked: "UNAUTHENTICATED",
});

/** Every role but one without a session. */
export const everybody: Expected = all("ok");

/** Members at present; to outsiders the group does not exist, and those who left are told so. */
export const members: Expected = { ...everybody, outsider: "NOT_FOUND", exMember: "NOT_MEMBER" };

/** Members at present who may speak. */
export const speakers: Expected = { ...members, muted: "MUTED", mutedWithAll: "MUTED" };

/** Members of one's own stay, past or present. */
export const readers: Expected = { ...everybody, outsider: "NOT_FOUND" };

/** Admins and the owner. */
export const admins: Expected = {
  ...members,
  member: "FORBIDDEN",
  muted: "FORBIDDEN",
  mutedWithAll: "FORBIDDEN",
  blocked: "FORBIDDEN",
};

/** The owner alone. */
export const owners: Expected = { ...admins, admin: "FORBIDDEN" };

/** Nobody, whatever they are: it takes something else than a session. */
export const noSession: Expected = all("UNAUTHENTICATED");

/** Everybody, with or without a session. */
export const anybody: Expected = { ...everybody, revoked: "ok" };
