import type { ApplicationStatus, ApplicationType, EpochMs, UserId } from "@im-webapp/protocol";
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Sequelize,
} from "sequelize";
import type { Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** Somebody asks to be a user's contact, or a group's member. */
export function defineApplication(sequelize: Sequelize, column: Columns) {
  class Application extends Table<InferAttributes<Application>, InferCreationAttributes<Application>> {
    /** Derived from type, applicant and target: there is one application of them. */
    declare applicationId: string;
    declare type: ApplicationType;
    declare targetId: string;
    /** Null: the system. */
    declare applicantId: CreationOptional<UserId | null>;
    /** The member who proposed the applicant to a group. */
    declare proposerId: CreationOptional<UserId | null>;
    declare description: string;
    declare status: ApplicationStatus;
    /** Only its applicant sees it: it was made to somebody who blocks them. */
    declare withheld: CreationOptional<boolean>;
    declare answeredBy: CreationOptional<UserId | null>;
    declare createdAt: EpochMs;
    declare updatedAt: EpochMs;
    declare expiresAt: EpochMs;
  }
  Application.init(
    {
      applicationId: { ...column.id(), primaryKey: true },
      type: { type: DataTypes.STRING(16), allowNull: false },
      targetId: column.id(),
      applicantId: column.optionalId(),
      proposerId: column.optionalId(),
      description: { type: DataTypes.STRING(200), allowNull: false },
      status: { type: DataTypes.STRING(16), allowNull: false },
      withheld: column.flag(),
      answeredBy: column.optionalId(),
      createdAt: column.time(),
      updatedAt: column.time(),
      expiresAt: column.time(),
    },
    {
      sequelize,
      tableName: "application",
      indexes: [
        { name: "application_target_id", fields: ["target_id", "updated_at", "application_id"] },
        { name: "application_applicant_id", fields: ["applicant_id", "updated_at", "application_id"] },
      ],
    },
  );
  return Application;
}
