import type { ConversationId, Seq } from "@im-webapp/protocol";
import type { InferAttributes, InferCreationAttributes, Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** How far the index of words has come in a conversation: what lies beyond is its outbox. */
export function defineSearchPosition(sequelize: Sequelize, column: Columns) {
  class SearchPosition extends Table<InferAttributes<SearchPosition>, InferCreationAttributes<SearchPosition>> {
    declare conversationId: ConversationId;
    declare seq: Seq;
    /** The last change of which the index knows. */
    declare changeSeq: Seq;
  }
  SearchPosition.init(
    { conversationId: { ...column.id(), primaryKey: true }, seq: column.seq(), changeSeq: column.seq() },
    { sequelize, tableName: "search_position" },
  );
  return SearchPosition;
}
