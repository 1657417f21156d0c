import type { EpochMs, FileKind, Seq, UserId } from "@im-webapp/protocol";
import { isVisible } from "../core/conversations/access.ts";
import type { FileIndex, StoredFile } from "../core/files/ports.ts";
import type { FileWish } from "../core/timeline/facts.ts";
import type { Span } from "../core/timeline/model.ts";
import { type JsonText, type Sql, type Work, fromJson } from "./sql.ts";

export interface FileRow {
  file_id: string;
  uploader_id: UserId;
  name: string;
  size: number;
  mime: string;
  kind: FileKind;
  width: number | null;
  height: number | null;
  blurhash: string | null;
  animated: number;
}

export const FILE_SELECT =
  "f.file_id, f.uploader_id, f.name, f.size, f.mime, f.kind, f.width, f.height, f.blurhash, f.animated";

/** Earlier stays that are looked at: somebody who came back a hundred times with the same file each time has seen it. */
const MAX_PAST = 100;

/** What is known of files, on SQL. */
export class SqlFileIndex implements FileIndex {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async find(fileId: string): Promise<StoredFile | undefined> {
    const [row] = await this.#sql.select<FileRow>(`SELECT ${FILE_SELECT} FROM file f WHERE f.file_id = :fileId`, {
      fileId,
    });
    return row && toStoredFile(row);
  }

  async add(file: StoredFile, at: EpochMs, removableAt: EpochMs): Promise<void> {
    await this.#sql.insert(
      "file",
      [
        "file_id",
        "uploader_id",
        "name",
        "size",
        "mime",
        "kind",
        "width",
        "height",
        "blurhash",
        "animated",
        "created_at",
        "removable_at",
      ],
      [
        [
          file.fileId,
          file.uploaderId,
          file.name,
          file.size,
          file.mime,
          file.kind,
          file.width ?? null,
          file.height ?? null,
          file.blurhash ?? null,
          file.animated ?? false,
          this.#sql.clock.toColumn(at),
          this.#sql.clock.toColumn(removableAt),
        ],
      ],
      "ignore",
    );
  }

  isCarriedTo(fileId: string, userId: UserId): Promise<boolean> {
    return isCarriedTo(this.#sql, { fileId, userId });
  }

  async bytesOf(userId: UserId): Promise<number> {
    const [row] = await this.#sql.select<{ bytes: number | string | null }>(
      "SELECT SUM(size) AS bytes FROM file WHERE uploader_id = :userId",
      { userId },
    );
    // MariaDB gives a sum of integers as a decimal, in text.
    return Number(row?.bytes ?? 0);
  }

  async removable(before: EpochMs, limit: number): Promise<string[]> {
    const rows = await this.#sql.select<{ file_id: string }>(
      "SELECT file_id FROM file WHERE removable_at < :before ORDER BY removable_at LIMIT :limit",
      { before: this.#sql.clock.toColumn(before), limit },
    );
    return rows.map(({ file_id }) => file_id);
  }

  async forget(fileId: string, before: EpochMs): Promise<boolean> {
    // One statement: a message that takes the file at the same time has locked the row, or finds it gone.
    const count = await this.#sql.update("DELETE FROM file WHERE file_id = :fileId AND removable_at < :before", {
      fileId,
      before: this.#sql.clock.toColumn(before),
    });
    return count === 1;
  }
}

/** Whether a conversation that the user is in carries the file, in a message that they may read. */
export async function isCarriedTo(sql: Sql, { fileId, userId }: FileWish, transaction?: Work): Promise<boolean> {
  const [present] = await sql.select(
    `SELECT 1 AS one FROM file_use u
     JOIN member m ON m.conversation_id = u.conversation_id AND m.user_id = :userId
     WHERE u.file_id = :fileId AND m.left_seq IS NULL AND u.seq > m.from_seq LIMIT 1`,
    { fileId, userId },
    transaction,
  );
  if (present) return true;
  const past = await sql.select<{ seq: Seq; past_spans: JsonText<Span[]> }>(
    `SELECT u.seq, m.past_spans FROM file_use u
     JOIN member m ON m.conversation_id = u.conversation_id AND m.user_id = :userId
     WHERE u.file_id = :fileId AND m.left_seq IS NULL AND m.past_spans IS NOT NULL LIMIT :limit`,
    { fileId, userId, limit: MAX_PAST },
    transaction,
  );
  return past.some(({ seq, past_spans }) => isVisible(fromJson(past_spans), seq));
}

export function toStoredFile(row: FileRow): StoredFile {
  return {
    fileId: row.file_id,
    uploaderId: row.uploader_id,
    name: row.name,
    size: row.size,
    mime: row.mime,
    kind: row.kind,
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
    ...(row.blurhash !== null && { blurhash: row.blurhash }),
    ...(row.animated !== 0 && { animated: true as const }),
  };
}
