import type { ApplicationStatus, ApplicationType, UserId } from "@im-webapp/protocol";
import type { StoredApplication } from "../core/timeline/relations.ts";
import type { ColumnClock } from "../infra/database/column-clock.ts";

/** Selects an application `a`. */
export const APPLICATION_SELECT = `a.application_id, a.type, a.target_id, a.applicant_id, a.proposer_id, a.description, a.status,
  a.withheld, a.answered_by, a.created_at, a.updated_at, a.expires_at`;

export interface ApplicationRow {
  application_id: string;
  type: ApplicationType;
  target_id: string;
  applicant_id: UserId | null;
  proposer_id: UserId | null;
  description: string;
  status: ApplicationStatus;
  withheld: number;
  answered_by: UserId | null;
  created_at: string;
  updated_at: string;
  expires_at: string;
}

export function toStoredApplication(row: ApplicationRow, clock: ColumnClock): StoredApplication {
  return {
    application: {
      applicationId: row.application_id,
      type: row.type,
      target: row.target_id,
      ...(row.applicant_id !== null && { applicant: row.applicant_id }),
      ...(row.proposer_id !== null && { proposer: row.proposer_id }),
      description: row.description,
      status: row.status,
      createdAt: clock.fromColumn(row.created_at),
      updatedAt: clock.fromColumn(row.updated_at),
      expiresAt: clock.fromColumn(row.expires_at),
      ...(row.answered_by !== null && { answeredBy: row.answered_by }),
    },
    withheld: row.withheld !== 0,
  };
}
