import type { Seq, UserId } from "@im-webapp/protocol";
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** The counters of a user's timeline. Its row is the lock that keeps the sequence without a hole. */
export function defineTimeline(sequelize: Sequelize, column: Columns) {
  class Timeline extends Table<InferAttributes<Timeline>, InferCreationAttributes<Timeline>> {
    declare userId: UserId;
    /** `seq` of the newest entry. */
    declare head: CreationOptional<Seq>;
    /** `seq` of the newest entry that trimming removed. */
    declare trimmed: CreationOptional<Seq>;
  }
  Timeline.init(
    { userId: { ...column.id(), primaryKey: true }, head: column.seq(), trimmed: column.seq() },
    { sequelize, tableName: "timeline" },
  );
  return Timeline;
}
