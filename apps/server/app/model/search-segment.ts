import type { EpochMs } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** An immutable part of the index of words: which messages it has. */
export function defineSearchSegment(sequelize: Sequelize, column: Columns) {
  class SearchSegment extends Table<InferAttributes<SearchSegment>, InferCreationAttributes<SearchSegment>> {
    declare segmentId: number;
    /** How many messages. */
    declare size: number;
    declare firstAt: EpochMs;
    declare lastAt: EpochMs;
    /** Where they are, in the index's own form. */
    declare runs: Buffer;
  }
  SearchSegment.init(
    {
      segmentId: { type: DataTypes.INTEGER, allowNull: false, primaryKey: true },
      size: column.integer(0),
      firstAt: column.time(),
      lastAt: column.time(),
      runs: { type: DataTypes.BLOB("medium"), allowNull: false },
    },
    { sequelize, tableName: "search_segment" },
  );
  return SearchSegment;
}
