import type { EpochMs } from "@im-webapp/protocol";
import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** Something that is good for one use within minutes, at any node: a sign-in under way elsewhere, a download. */
export function defineTicket(sequelize: Sequelize, column: Columns) {
  class Ticket extends Table<InferAttributes<Ticket>, InferCreationAttributes<Ticket>> {
    /** Hex SHA-256 of kind and secret; the secret itself is never stored. */
    declare ticketHash: string;
    declare payload: unknown;
    declare expiresAt: EpochMs;
  }
  Ticket.init(
    {
      ticketHash: { type: DataTypes.CHAR(64), allowNull: false, primaryKey: true },
      payload: { type: DataTypes.JSON, allowNull: false },
      expiresAt: column.time(),
    },
    { sequelize, tableName: "ticket", indexes: [{ name: "ticket_expires_at", fields: ["expires_at"] }] },
  );
  return Ticket;
}
