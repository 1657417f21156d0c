import type { ConversationId, EpochMs, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** One side of two users' being contacts: the rows of both come and go together. */
export function defineContact(sequelize: Sequelize, column: Columns) {
  class Contact extends Table<InferAttributes<Contact>, InferCreationAttributes<Contact>> {
    declare userId: UserId;
    declare contactId: UserId;
    /** The direct conversation of the two, whether it exists or not: names the pair in the pipeline. */
    declare conversationId: ConversationId;
    declare alias: CreationOptional<string | null>;
    declare favourite: CreationOptional<boolean>;
    declare since: EpochMs;
  }
  Contact.init(
    {
      userId: { ...column.id(), primaryKey: true },
      contactId: { ...column.id(), primaryKey: true },
      conversationId: column.id(),
      alias: { type: DataTypes.STRING(64), allowNull: true },
      favourite: column.flag(),
      since: column.time(),
    },
    {
      sequelize,
      tableName: "contact",
      indexes: [{ name: "contact_conversation_id", fields: ["conversation_id"] }],
    },
  );
  return Contact;
}
