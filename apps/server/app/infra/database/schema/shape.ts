/** A column in the words of its database. */
export interface ColumnShape {
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string;
  readonly collation: string;
}

export interface IndexShape {
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** A table in the words of its database: two shapes from one server can be compared as text. */
export interface TableShape {
  readonly columns: ReadonlyMap<string, ColumnShape>;
  readonly primaryKey: readonly string[];
  readonly indexes: ReadonlyMap<string, IndexShape>;
  readonly checks: ReadonlyMap<string, string>;
}

/** Tables by name. */
export type SchemaShape = ReadonlyMap<string, TableShape>;
