import { ConnectionError, DatabaseError, UniqueConstraintError } from "sequelize";
import { unavailable } from "../core/shared/errors.ts";
import { Ambiguous, Conflict, Transient } from "../core/timeline/timeline-store.ts";

/** Errors after which the same transaction may succeed. */
const TRANSIENT_CODES = new Set([
  "ER_LOCK_DEADLOCK", // also what Galera answers when certification fails
  "ER_LOCK_WAIT_TIMEOUT",
  "ER_CHECKREAD", // MariaDB: record has changed since last read
  "SQLITE_BUSY",
]);

/** TiDB: write conflict, and a transaction that it asks to run again. */
const TRANSIENT_NUMBERS = new Set([8022, 8028, 9007]);

/** Errors of a connection that died: whether a COMMIT on its way took effect is unknown. */
const LOST_CODES = new Set([
  "PROTOCOL_CONNECTION_LOST",
  "PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR",
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "ER_SERVER_SHUTDOWN",
  "ER_CONNECTION_KILLED",
  "ER_QUERY_INTERRUPTED",
  "ER_NEW_ABORTING_CONNECTION",
]);

/**
 * Runs a read, or a write outside the pipeline.
 *
 * @throws {ImError} `UNAVAILABLE` when the database cannot be reached or asks to be asked again
 */
export async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const meaning = toStoreError(error);
    if (meaning instanceof Ambiguous || meaning instanceof Transient) throw unavailable("the database is away", error);
    throw error;
  }
}

interface DriverError {
  code?: string;
  errno?: number;
  fatal?: boolean;
}

/** Says what an error of the database means for the pipeline; what it does not know it gives back as it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof UniqueConstraintError || driverError(error).code === "ER_DUP_ENTRY")
    return new Conflict("a unique key is taken", { cause: error });
  const driver = driverError(error);
  if (TRANSIENT_CODES.has(driver.code ?? "") || TRANSIENT_NUMBERS.has(driver.errno ?? 0)) {
    return new Transient("run it again", { cause: error });
  }
  if (error instanceof ConnectionError || driver.fatal === true || LOST_CODES.has(driver.code ?? "")) {
    return new Ambiguous("the connection was lost", { cause: error });
  }
  return error;
}

function driverError(error: unknown): DriverError {
  const inner: unknown = error instanceof DatabaseError ? error.original : error;
  return typeof inner === "object" && inner !== null ? inner : {};
}
