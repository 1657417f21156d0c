import type { EpochMs, FileKind, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A file that was uploaded wholly. Its bytes are in the file store, under its id. */
export function defineFile(sequelize: Sequelize, column: Columns) {
  class File extends Table<InferAttributes<File>, InferCreationAttributes<File>> {
    declare fileId: string;
    declare uploaderId: UserId;
    declare name: string;
    declare size: number;
    declare mime: string;
    declare kind: FileKind;
    declare width: CreationOptional<number | null>;
    declare height: CreationOptional<number | null>;
    declare blurhash: CreationOptional<string | null>;
    declare animated: CreationOptional<boolean>;
    declare createdAt: EpochMs;
    /** From when on it may go, because no message carries it; null: one does. */
    declare removableAt: CreationOptional<EpochMs | null>;
  }
  File.init(
    {
      fileId: { ...column.id(), primaryKey: true },
      uploaderId: column.id(),
      name: { type: DataTypes.STRING(255), allowNull: false },
      size: { type: DataTypes.BIGINT, allowNull: false },
      mime: { type: DataTypes.STRING(127), allowNull: false },
      kind: { type: DataTypes.STRING(16), allowNull: false },
      width: { type: DataTypes.INTEGER, allowNull: true },
      height: { type: DataTypes.INTEGER, allowNull: true },
      blurhash: { type: DataTypes.STRING(64), allowNull: true },
      animated: column.flag(),
      createdAt: column.time(),
      removableAt: column.optionalTime(),
    },
    {
      sequelize,
      tableName: "file",
      indexes: [
        // How much a user has uploaded is a sum over this index alone.
        { name: "file_uploader_id_size", fields: ["uploader_id", "size"] },
        { name: "file_removable_at", fields: ["removable_at"] },
      ],
    },
  );
  return File;
}
