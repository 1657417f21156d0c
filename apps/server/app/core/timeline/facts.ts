import type { GroupId, UserId } from "@im-webapp/protocol";
import type { StoredFile } from "../files/ports.ts";
import type { MarkPlace, MessagePlace } from "./model.ts";

/** What a command wants to know besides the rows that it locks; looked up in the same transaction. */
export interface WantedFacts {
  /** Users whose names are wanted. */
  readonly users?: readonly UserId[];
  /** Groups whose names are wanted. */
  readonly groups?: readonly GroupId[];
  /** Messages whose senders' names are wanted. */
  readonly sendersOf?: readonly MessagePlace[];
  /** Messages that these users may have starred or deleted for themselves. */
  readonly marks?: readonly MarkPlace[];
  /** Users the number of whose stars is wanted. */
  readonly starCounts?: readonly UserId[];
  /** Files, for a user who wants to hand them on. */
  readonly files?: readonly FileWish[];
}

/** A file, and who wants to know of it. */
export interface FileWish {
  readonly fileId: string;
  readonly userId: UserId;
}

/** What was found. */
export interface Facts {
  readonly userNames: ReadonlyMap<UserId, string>;
  readonly groupNames: ReadonlyMap<GroupId, string>;
  /** By `markKey`. */
  readonly starred: ReadonlySet<string>;
  /** By `markKey`. */
  readonly deleted: ReadonlySet<string>;
  readonly starCounts: ReadonlyMap<UserId, number>;
  /** By `fileKey`; only those that the user may read. */
  readonly files: ReadonlyMap<string, StoredFile>;
}

export const NO_FACTS: Facts = {
  userNames: new Map(),
  groupNames: new Map(),
  starred: new Set(),
  deleted: new Set(),
  starCounts: new Map(),
  files: new Map(),
};

export function fileKey({ fileId, userId }: FileWish): string {
  return `${userId}\n${fileId}`;
}

export function markKey({ userId, conversationId, seq }: MarkPlace): string {
  return `${userId}\n${conversationId}\n${seq}`;
}

/** All that several commands want. */
export function joinWanted(wanted: readonly WantedFacts[]): Required<WantedFacts> {
  return {
    users: wanted.flatMap(({ users = [] }) => users),
    groups: wanted.flatMap(({ groups = [] }) => groups),
    sendersOf: wanted.flatMap(({ sendersOf = [] }) => sendersOf),
    marks: wanted.flatMap(({ marks = [] }) => marks),
    starCounts: wanted.flatMap(({ starCounts = [] }) => starCounts),
    files: wanted.flatMap(({ files = [] }) => files),
  };
}
