import type { ConversationId, EpochMs, Seq, UserId } from "@im-webapp/protocol";
import type { InferAttributes, InferCreationAttributes, Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A message that a user keeps among their own. */
export function defineStar(sequelize: Sequelize, column: Columns) {
  class Star extends Table<InferAttributes<Star>, InferCreationAttributes<Star>> {
    declare userId: UserId;
    declare conversationId: ConversationId;
    declare seq: Seq;
    declare starredAt: EpochMs;
  }
  Star.init(
    {
      userId: { ...column.id(), primaryKey: true },
      conversationId: { ...column.id(), primaryKey: true },
      seq: { ...column.seqKey(), primaryKey: true },
      starredAt: column.time(),
    },
    {
      sequelize,
      tableName: "star",
      indexes: [{ name: "star_user_id_starred_at", fields: ["user_id", "starred_at"] }],
    },
  );
  return Star;
}
