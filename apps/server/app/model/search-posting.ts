import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import { Table } from "./table.ts";

/** Terms of a segment that are kept together, each with the messages that have it. */
export function defineSearchPosting(sequelize: Sequelize) {
  class SearchPosting extends Table<InferAttributes<SearchPosting>, InferCreationAttributes<SearchPosting>> {
    declare segmentId: number;
    declare bucket: number;
    /** In the index's own form. */
    declare postings: Buffer;
  }
  SearchPosting.init(
    {
      segmentId: { type: DataTypes.INTEGER, allowNull: false, primaryKey: true },
      bucket: { type: DataTypes.INTEGER, allowNull: false, primaryKey: true },
      postings: { type: DataTypes.BLOB("medium"), allowNull: false },
    },
    { sequelize, tableName: "search_posting" },
  );
  return SearchPosting;
}
