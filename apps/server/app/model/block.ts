import type { ConversationId, EpochMs, UserId } from "@im-webapp/protocol";
import type { InferAttributes, InferCreationAttributes, Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A user takes no direct messages from another one. */
export function defineBlock(sequelize: Sequelize, column: Columns) {
  class Block extends Table<InferAttributes<Block>, InferCreationAttributes<Block>> {
    declare userId: UserId;
    declare blockedId: UserId;
    /** The direct conversation of the two, whether it exists or not: names the pair in the pipeline. */
    declare conversationId: ConversationId;
    declare since: EpochMs;
  }
  Block.init(
    {
      userId: { ...column.id(), primaryKey: true },
      blockedId: { ...column.id(), primaryKey: true },
      conversationId: column.id(),
      since: column.time(),
    },
    {
      sequelize,
      tableName: "block",
      indexes: [{ name: "block_conversation_id", fields: ["conversation_id"] }],
    },
  );
  return Block;
}
