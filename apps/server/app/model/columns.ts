import { DataTypes } from "sequelize";
import type { ColumnClock } from "../infra/database/column-clock.ts";

/** What Sequelize hands to a type that turns a value into a bound parameter. */
interface BindContext {
  bindParam(value: string): string;
}

/**
 * DATETIME(3) that is a number of epoch milliseconds on this side. Sequelize's own DATE converts by rules that differ
 * between dialects and does so for no zone but UTC on SQLite.
 *
 * It implements a data type and extends none: Sequelize's types are proxies whose constructor forgets the subclass.
 */
export class EpochMsType implements DataTypes.AbstractDataType {
  readonly key = "EPOCH_MS";
  readonly dialectTypes = "";
  readonly #clock: ColumnClock;

  constructor(clock: ColumnClock) {
    this.#clock = clock;
  }

  toSql(): string {
    return "DATETIME(3)";
  }

  toString(): string {
    return this.toSql();
  }

  /** @throws {TypeError} for anything but a number: there is one representation of time in code */
  stringify(value: unknown): string {
    if (typeof value !== "number") throw new TypeError("a time column takes epoch milliseconds");
    return this.#clock.toColumn(value);
  }

  bindParam(value: unknown, context: BindContext): string {
    return context.bindParam(this.stringify(value));
  }

  parse(text: string): number {
    return this.#clock.fromColumn(text);
  }
}

/** How models name their columns' types. Text compares byte by byte unless it says otherwise. */
export interface Columns {
  /** An opaque id of 1 to 64 characters. */
  id(): { type: ReturnType<typeof DataTypes.STRING>; allowNull: false };
  optionalId(): { type: ReturnType<typeof DataTypes.STRING>; allowNull: true };
  /** Text of up to `length` characters that is found by its start without regard to (ASCII) case. */
  searchable(length: number): {
    type: ReturnType<typeof DataTypes.STRING>;
    allowNull: false;
    caseInsensitive: true;
  };
  /** Epoch milliseconds. */
  time(): { type: EpochMsType; allowNull: false };
  optionalTime(): { type: EpochMsType; allowNull: true };
  /** A sequence number, from 0. */
  seq(): { type: typeof DataTypes.BIGINT; allowNull: false; defaultValue: 0 };
  /** A sequence number that is part of a key. */
  seqKey(): { type: typeof DataTypes.BIGINT; allowNull: false };
  optionalSeq(): { type: typeof DataTypes.BIGINT; allowNull: true };
  flag(): { type: typeof DataTypes.BOOLEAN; allowNull: false; defaultValue: false };
  integer(initial: number): { type: typeof DataTypes.INTEGER; allowNull: false; defaultValue: number };
}

/** Longest id on the wire (protocol), in characters. */
const ID_LENGTH = 64;

export function createColumns(clock: ColumnClock): Columns {
  return {
    id: () => ({ type: DataTypes.STRING(ID_LENGTH), allowNull: false }),
    optionalId: () => ({ type: DataTypes.STRING(ID_LENGTH), allowNull: true }),
    searchable: (length) => ({ type: DataTypes.STRING(length), allowNull: false, caseInsensitive: true }),
    time: () => ({ type: new EpochMsType(clock), allowNull: false }),
    optionalTime: () => ({ type: new EpochMsType(clock), allowNull: true }),
    seq: () => ({ type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 }),
    seqKey: () => ({ type: DataTypes.BIGINT, allowNull: false }),
    optionalSeq: () => ({ type: DataTypes.BIGINT, allowNull: true }),
    flag: () => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false }),
    integer: (initial) => ({ type: DataTypes.INTEGER, allowNull: false, defaultValue: initial }),
  };
}
