import type { EpochMs, MailLanguage, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** Where a user gets mail when they have been away for long, and what became of it. */
export function defineMailAddress(sequelize: Sequelize, column: Columns) {
  class MailAddress extends Table<InferAttributes<MailAddress>, InferCreationAttributes<MailAddress>> {
    declare userId: UserId;
    declare address: string;
    /** Absent: nobody has shown that it is theirs. */
    declare confirmedAt: CreationOptional<EpochMs | null>;
    /** Hex HMAC of the code that confirms it. */
    declare codeHash: CreationOptional<string | null>;
    declare codeExpiresAt: CreationOptional<EpochMs | null>;
    /** How often a code was tried. */
    declare codeTries: CreationOptional<number>;
    declare isOn: CreationOptional<boolean>;
    declare hours: CreationOptional<number>;
    declare hideContent: CreationOptional<boolean>;
    declare language: MailLanguage;
    /** When the last mail about what waits was sent. */
    declare toldAt: CreationOptional<EpochMs | null>;
    /** When to look next whether there is something to send. */
    declare lookAt: EpochMs;
    /** Mails in a row that could not be sent. */
    declare failures: CreationOptional<number>;
    /** Mails in a row that were refused for good. */
    declare refusals: CreationOptional<number>;
  }
  MailAddress.init(
    {
      userId: { ...column.id(), primaryKey: true },
      address: { type: DataTypes.STRING(254), allowNull: false },
      confirmedAt: column.optionalTime(),
      codeHash: { type: DataTypes.CHAR(64), allowNull: true },
      codeExpiresAt: column.optionalTime(),
      codeTries: column.integer(0),
      isOn: column.flag(),
      hours: column.integer(24),
      hideContent: column.flag(),
      language: { type: DataTypes.STRING(8), allowNull: false },
      toldAt: column.optionalTime(),
      lookAt: column.time(),
      failures: column.integer(0),
      refusals: column.integer(0),
    },
    {
      sequelize,
      tableName: "mail_address",
      indexes: [{ name: "mail_address_look", fields: ["is_on", "look_at"] }],
    },
  );
  return MailAddress;
}
