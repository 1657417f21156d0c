import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { InferAttributes, InferCreationAttributes, Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** That a message carries a file, itself or in what it hands on: who may read the message may read the file. */
export function defineFileUse(sequelize: Sequelize, column: Columns) {
  class FileUse extends Table<InferAttributes<FileUse>, InferCreationAttributes<FileUse>> {
    declare fileId: string;
    declare conversationId: ConversationId;
    declare seq: Seq;
  }
  FileUse.init(
    {
      fileId: { ...column.id(), primaryKey: true },
      conversationId: { ...column.id(), primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
    },
    {
      sequelize,
      tableName: "file_use",
      indexes: [{ name: "file_use_conversation_id_seq", fields: ["conversation_id", "seq"] }],
    },
  );
  return FileUse;
}
