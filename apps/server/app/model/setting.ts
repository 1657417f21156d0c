import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import { Table } from "./table.ts";

/** What the whole installation shares, such as the epoch of this database. */
export function defineSetting(sequelize: Sequelize) {
  class Setting extends Table<InferAttributes<Setting>, InferCreationAttributes<Setting>> {
    declare name: string;
    declare value: string;
  }
  Setting.init(
    {
      name: { type: DataTypes.STRING(64), allowNull: false, primaryKey: true },
      value: { type: DataTypes.STRING(255), allowNull: false },
    },
    { sequelize, tableName: "setting" },
  );
  return Setting;
}
