import type { GroupId, UserId } from "@im-webapp/protocol";
import type { StoredFile } from "../core/files/ports.ts";
import { type Facts, type FileWish, type WantedFacts, fileKey, markKey } from "../core/timeline/facts.ts";
import type { MarkPlace, MessagePlace } from "../core/timeline/model.ts";
import { FILE_SELECT, type FileRow, isCarriedTo, toStoredFile } from "./file-index.ts";
import type { Sql, Work } from "./sql.ts";

interface NameRow {
  id: string;
  name: string;
}

interface MarkRow {
  user_id: UserId;
  conversation_id: string;
  seq: number;
}

/** Looks up what commands want to know, each kind in one query and none that nobody asks for. */
export async function readFacts(sql: Sql, wanted: Required<WantedFacts>, transaction: Work): Promise<Facts> {
  const select = <R extends object>(isWanted: boolean, statement: string, values: Record<string, unknown>) =>
    isWanted ? sql.select<R>(statement, values, transaction) : Promise.resolve<R[]>([]);
  const { users, groups, sendersOf, marks, starCounts, files } = wanted;
  // Asked for in one turn: on MySQL they travel together.
  const [named, senders, groupNames, starred, deleted, counts, readable] = await Promise.all([
    select<NameRow>(
      users.length > 0,
      "SELECT user_id AS id, display_name AS name FROM `user` WHERE user_id IN (:users)",
      { users },
    ),
    select<NameRow>(
      sendersOf.length > 0,
      `SELECT DISTINCT u.user_id AS id, u.display_name AS name FROM message m JOIN \`user\` u ON u.user_id = m.sender_id
       WHERE ${places("m", sendersOf)}`,
      placeValues(sendersOf),
    ),
    select<{ id: GroupId; name: string }>(
      groups.length > 0,
      "SELECT group_id AS id, name FROM `group` WHERE group_id IN (:groups)",
      { groups },
    ),
    select<MarkRow>(marks.length > 0, marksIn("star", marks), markValues(marks)),
    select<MarkRow>(marks.length > 0, marksIn("deletion", marks), markValues(marks)),
    select<{ user_id: UserId; stars: number }>(
      starCounts.length > 0,
      "SELECT user_id, COUNT(*) AS stars FROM star WHERE user_id IN (:starCounts) GROUP BY user_id",
      { starCounts },
    ),
    readFiles(sql, files, transaction),
  ]);
  return {
    userNames: new Map([...named, ...senders].map(({ id, name }) => [id, name])),
    groupNames: new Map(groupNames.map(({ id, name }) => [id, name])),
    starred: keysOf(starred),
    deleted: keysOf(deleted),
    starCounts: new Map(counts.map(({ user_id, stars }) => [user_id, stars])),
    files: readable,
  };
}

/** Those of the files that their users may read. The rows stay locked: nothing that is handed on is removed meanwhile. */
async function readFiles(
  sql: Sql,
  wishes: readonly FileWish[],
  transaction: Work,
): Promise<ReadonlyMap<string, StoredFile>> {
  if (wishes.length === 0) return new Map();
  const fileIds = [...new Set(wishes.map(({ fileId }) => fileId))].toSorted();
  const rows = await sql.selectForUpdate<FileRow>(
    `SELECT ${FILE_SELECT} FROM file f WHERE f.file_id IN (:fileIds) ORDER BY f.file_id`,
    { fileIds },
    transaction,
  );
  const files = new Map(rows.map((row) => [row.file_id, toStoredFile(row)]));
  const others = wishes.filter(({ fileId, userId }) => files.has(fileId) && files.get(fileId)?.uploaderId !== userId);
  const carried = new Set<string>();
  for (const wish of others) {
    if (await isCarriedTo(sql, wish, transaction)) carried.add(fileKey(wish));
  }
  return new Map(
    wishes.flatMap((wish): [string, StoredFile][] => {
      const file = files.get(wish.fileId);
      const isReadable = file && (file.uploaderId === wish.userId || carried.has(fileKey(wish)));
      return isReadable ? [[fileKey(wish), file]] : [];
    }),
  );
}

function places(table: string, list: readonly MessagePlace[]): string {
  return list.map((_, i) => `(${table}.conversation_id = :c${i} AND ${table}.seq = :s${i})`).join(" OR ");
}

function placeValues(list: readonly MessagePlace[]): Record<string, string | number> {
  return Object.fromEntries(
    list.flatMap(({ conversationId, seq }, i): [string, string | number][] => [
      [`c${i}`, conversationId],
      [`s${i}`, seq],
    ]),
  );
}

function marksIn(table: "star" | "deletion", marks: readonly MarkPlace[]): string {
  const each = marks.map((_, i) => `(k.user_id = :u${i} AND k.conversation_id = :c${i} AND k.seq = :s${i})`);
  return `SELECT k.user_id, k.conversation_id, k.seq FROM ${table} k WHERE ${each.join(" OR ")}`;
}

function markValues(marks: readonly MarkPlace[]): Record<string, string | number> {
  return { ...placeValues(marks), ...Object.fromEntries(marks.map(({ userId }, i) => [`u${i}`, userId])) };
}

function keysOf(rows: readonly MarkRow[]): Set<string> {
  return new Set(
    rows.map(({ user_id, conversation_id, seq }) => markKey({ userId: user_id, conversationId: conversation_id, seq })),
  );
}
