import type { Settings } from "../config/environment.ts";
import { Trimmer } from "./core/timeline/trimmer.ts";
import type { Sql } from "./repository/sql.ts";
import { SqlTrimStore } from "./repository/trim-store.ts";

export interface TrimmerParts {
  readonly settings: Settings;
  readonly sql: Sql;
  readonly onFault: (error: unknown) => void;
}

/** Builds what keeps timelines short. */
export function composeTrimmer({ settings, sql, onFault }: TrimmerParts): Trimmer {
  return new Trimmer({
    store: new SqlTrimStore(sql),
    keepDays: settings.syncKeepDays,
    keepEntries: settings.syncKeepEntries,
    clock: Date.now,
    onFault,
  });
}
