/** How a column is declared. A type is SQL that both dialects take: `VARCHAR(64)`, `BIGINT`, `JSON`, `DATETIME(3)` … */
export interface ColumnDefinition {
  readonly type: string;
  /** Absent: NOT NULL. */
  readonly nullable?: boolean;
  readonly default?: string | number;
  /** Compares without regard to case: all letters on MySQL, ASCII letters on SQLite. Absent: byte by byte. */
  readonly caseInsensitive?: boolean;
}

export interface IndexDefinition {
  readonly columns: readonly string[];
  readonly unique?: boolean;
}

/** A table as both dialects make it. */
export interface TableDefinition {
  readonly columns: Readonly<Record<string, ColumnDefinition>>;
  readonly primaryKey: readonly string[];
  readonly indexes?: Readonly<Record<string, IndexDefinition>>;
  /** CHECK expressions by constraint name. */
  readonly checks?: Readonly<Record<string, string>>;
}
