import type { UserId } from "@im-webapp/protocol";
import { ImError } from "../errors.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

/** Bytes of a file in one row: the driver copies each row through its own memory, which never shrinks again. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** How much the files of one message may have, in bytes: they are in memory while they are stored. */
const MAX_STORED_FILE_BYTES = 512 * 1024 * 1024;

/** A file as it is stored. */
export interface StorableFile {
  readonly type: string;
  readonly pieces: readonly Uint8Array[];
}

/**
 * Reads files, so that they can be stored in one step.
 *
 * @throws {ImError} `TOO_LARGE` beyond `MAX_STORED_FILE_BYTES`
 */
export async function storable(files: readonly Blob[]): Promise<StorableFile[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > MAX_STORED_FILE_BYTES) {
    const message = `A store in a file takes files of at most ${MAX_STORED_FILE_BYTES} bytes`;
    throw new ImError({ code: "TOO_LARGE", message, details: { reason: "device" } });
  }
  return Promise.all(
    files.map(async (file) => {
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < file.size || start === 0; start += PIECE_BYTES) {
        pieces.push(new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer()));
      }
      return { type: file.type, pieces };
    }),
  );
}

/** The files of one user's messages that wait. All methods run within a transaction of the caller. */
export class SqliteFiles {
  readonly #db: SqliteDatabase;
  readonly #account: UserId;

  constructor(db: SqliteDatabase, account: UserId) {
    this.#db = db;
    this.#account = account;
  }

  put(clientMessageId: string, files: readonly StorableFile[]): void {
    this.remove(clientMessageId);
    for (const [file, { type, pieces }] of files.entries()) {
      for (const [piece, bytes] of pieces.entries()) {
        const sql = "INSERT INTO files (account, id, file, piece, type, bytes) VALUES (?, ?, ?, ?, ?, ?)";
        this.#db.run(sql, this.#account, clientMessageId, file, piece, type, bytes);
      }
    }
  }

  get(clientMessageId: string, file: number): Blob | undefined {
    const sql = "SELECT type, bytes FROM files WHERE account = ? AND id = ? AND file = ? ORDER BY piece";
    const rows = this.#db.all<{ type: string; bytes: Uint8Array }>(sql, this.#account, clientMessageId, file);
    // Copied: what the driver gives may be a view of memory that it uses again.
    return (
      rows[0] &&
      new Blob(
        rows.map(({ bytes }) => new Uint8Array(bytes)),
        { type: rows[0].type },
      )
    );
  }

  remove(clientMessageId: string): void {
    this.#db.run("DELETE FROM files WHERE account = ? AND id = ?", this.#account, clientMessageId);
  }
}
