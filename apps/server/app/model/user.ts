import { type EpochMs, type Gender, MAX_DESCRIPTION_LENGTH, type UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A person who can sign in. */
export function defineUser(sequelize: Sequelize, column: Columns) {
  class User extends Table<InferAttributes<User>, InferCreationAttributes<User>> {
    declare userId: UserId;
    declare username: string;
    /** The username in NFKC and lower case, which is what makes it unique. */
    declare usernameKey: string;
    declare phone: CreationOptional<string | null>;
    declare displayName: string;
    declare avatar: CreationOptional<string | null>;
    declare gender: CreationOptional<Gender | null>;
    declare description: CreationOptional<string | null>;
    /** Absent: this user has no password and can only be given tokens. */
    declare passwordHash: CreationOptional<string | null>;
    /** Is not found by the username and the display name. */
    declare hideName: CreationOptional<boolean>;
    /** Is not found by the phone number. */
    declare hidePhone: CreationOptional<boolean>;
    /** Looks offline to everybody. */
    declare hidePresence: CreationOptional<boolean>;
    /** The last time that the user's presence changed: when they came, or went. */
    declare lastSeenAt: CreationOptional<EpochMs | null>;
    /** Since when the account is gone: what is left is a tombstone, so that what it wrote has a sender. */
    declare deletedAt: CreationOptional<EpochMs | null>;
    /** When all that follows from the deletion was done, such as leaving groups. */
    declare erasedAt: CreationOptional<EpochMs | null>;
    declare createdAt: EpochMs;
    declare updatedAt: EpochMs;
  }
  User.init(
    {
      userId: { ...column.id(), primaryKey: true },
      username: { type: DataTypes.STRING(64), allowNull: false },
      // Lower-casing can lengthen (U+0130 becomes two characters), so the key has room for twice the name.
      usernameKey: { type: DataTypes.STRING(128), allowNull: false },
      phone: { type: DataTypes.STRING(20), allowNull: true },
      displayName: column.searchable(64),
      avatar: { type: DataTypes.STRING(255), allowNull: true },
      gender: { type: DataTypes.STRING(8), allowNull: true },
      description: { type: DataTypes.STRING(MAX_DESCRIPTION_LENGTH), allowNull: true },
      passwordHash: { type: DataTypes.STRING(255), allowNull: true },
      hideName: column.flag(),
      hidePhone: column.flag(),
      hidePresence: column.flag(),
      lastSeenAt: column.optionalTime(),
      deletedAt: column.optionalTime(),
      erasedAt: column.optionalTime(),
      createdAt: column.time(),
      updatedAt: column.time(),
    },
    {
      sequelize,
      tableName: "user",
      indexes: [
        { name: "user_username_key", unique: true, fields: ["username_key"] },
        { name: "user_phone", unique: true, fields: ["phone"] },
        { name: "user_display_name", fields: ["display_name"] },
        { name: "user_deleted_at", fields: ["deleted_at"] },
      ],
    },
  );
  return User;
}
